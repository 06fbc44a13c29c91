package dev.sockets.loop;

/**
 * A selector whose sockets may keep back what its thread writes, so that much leaves in
 * one call: at its next selection at the latest.
 */
public interface BatchingSelector {

	/**
	 * Sends what is kept back, as the thread is inside something that may take long. Open
	 * to all threads.
	 */
	void sendBatch();

}
