package dev.sockets.autoconfigure.properties;

/**
 * What receivers and senders of datagrams have in common.
 */
public abstract class DatagramProperties extends EndpointProperties {

	/**
	 * Meaning of a datagram's bytes: a built-in codec, or the name of a Codec bean.
	 */
	private String codec = "text";

	@Override
	public String getCodec() {
		return this.codec;
	}

	public void setCodec(String codec) {
		this.codec = codec;
	}

}
