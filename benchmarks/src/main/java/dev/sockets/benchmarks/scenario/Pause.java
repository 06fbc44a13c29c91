package dev.sockets.benchmarks.scenario;

import java.io.IOException;

/**
 * Waits.
 */
final class Pause {

	private Pause() {
	}

	static void millis(long millis) throws IOException {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted", ex);
		}
	}

}
