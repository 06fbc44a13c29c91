package dev.sockets.autoconfigure.properties;

/**
 * A UDP receiver.
 */
public class UdpReceiverProperties extends DatagramReceiverProperties {

	/**
	 * Address or name of this machine to receive on. On one address it gets no
	 * broadcasts.
	 */
	private String host = "0.0.0.0";

	public String getHost() {
		return this.host;
	}

	public void setHost(String host) {
		this.host = host;
	}

}
