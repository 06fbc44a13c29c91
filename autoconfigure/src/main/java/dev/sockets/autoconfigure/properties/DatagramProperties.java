package dev.sockets.autoconfigure.properties;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * What receivers and senders of datagrams have in common.
 */
public abstract class DatagramProperties extends EndpointProperties {

	/**
	 * Meaning of a datagram's bytes: a built-in codec, or the name of a Codec bean.
	 */
	private String codec = "text";

	@NestedConfigurationProperty
	private final Health health = new Health();

	@Override
	public String getCodec() {
		return this.codec;
	}

	public void setCodec(String codec) {
		this.codec = codec;
	}

	public Health getHealth() {
		return this.health;
	}

	@Override
	public boolean countsForHealth() {
		return this.health.isRequired();
	}

}
