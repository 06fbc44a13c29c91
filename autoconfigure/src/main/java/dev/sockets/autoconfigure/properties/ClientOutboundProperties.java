package dev.sockets.autoconfigure.properties;

import org.springframework.util.unit.DataSize;

/**
 * Bytes on their way out of a client.
 */
public class ClientOutboundProperties extends OutboundProperties {

	/**
	 * Most bytes sent without waiting that are kept for the next connection while there
	 * is none; 0 keeps none.
	 */
	private DataSize bufferWhenDisconnected = DataSize.ofBytes(0);

	public DataSize getBufferWhenDisconnected() {
		return this.bufferWhenDisconnected;
	}

	public void setBufferWhenDisconnected(DataSize bufferWhenDisconnected) {
		this.bufferWhenDisconnected = bufferWhenDisconnected;
	}

}
