package dev.sockets.benchmarks.load;

import java.io.IOException;

/**
 * Measures something beside a load.
 */
public interface Probe {

	/**
	 * Measures.
	 * @throws IOException when that fails
	 */
	void take() throws IOException;

}
