package dev.sockets.runtime.trace;

/**
 * An endpoint whose connections can be traced.
 */
public interface TracedEndpoint {

	/**
	 * Returns what traces its connections.
	 * @return always the same object
	 */
	WireTracer tracer();

}
