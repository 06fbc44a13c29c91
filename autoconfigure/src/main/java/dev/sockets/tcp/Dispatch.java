package dev.sockets.tcp;

/**
 * Where the handlers of an endpoint's messages run.
 */
public enum Dispatch {

	/**
	 * On the event loop, which hands its other connections to a fresh thread when a
	 * handler blocks; an endpoint whose handlers block often goes over to {@link #THREAD}
	 * by itself.
	 */
	AUTO,

	/** On the event loop, always. A handler that blocks holds up other connections. */
	LOOP,

	/** On a virtual thread, or a pool's thread where there are none. */
	THREAD

}
