package dev.sockets.autoconfigure;

import org.springframework.util.unit.DataSize;

/**
 * Bytes on their way out.
 */
public class OutboundProperties {

	/**
	 * Most bytes that may wait to be written to a connection.
	 */
	private DataSize maxPending = DataSize.ofMegabytes(1);

	public DataSize getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(DataSize maxPending) {
		this.maxPending = maxPending;
	}

}
