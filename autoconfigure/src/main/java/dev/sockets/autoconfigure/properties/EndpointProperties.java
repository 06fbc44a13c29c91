package dev.sockets.autoconfigure.properties;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * What all endpoints have in common.
 */
public abstract class EndpointProperties {

	/**
	 * Charset of the text codec.
	 */
	private Charset charset = StandardCharsets.UTF_8;

	/**
	 * Class of the messages that the json and cbor codecs receive. By default maps,
	 * lists, strings, numbers and booleans.
	 */
	private @Nullable String payloadType;

	@NestedConfigurationProperty
	private final InboxProperties inbox = new InboxProperties();

	/**
	 * Kinds of events that are published; 'all' and 'none' stand alone.
	 */
	private List<String> events = List.of("all");

	/**
	 * Any data of yours, kept on the endpoint.
	 */
	private final Map<String, Object> userData = new LinkedHashMap<>();

	/**
	 * Whether the endpoint starts with the application.
	 */
	private boolean autoStartup = true;

	@NestedConfigurationProperty
	private final HealthProperties health = new HealthProperties();

	public abstract @Nullable String getCodec();

	public Charset getCharset() {
		return this.charset;
	}

	public void setCharset(Charset charset) {
		this.charset = charset;
	}

	public @Nullable String getPayloadType() {
		return this.payloadType;
	}

	public void setPayloadType(@Nullable String payloadType) {
		this.payloadType = payloadType;
	}

	public InboxProperties getInbox() {
		return this.inbox;
	}

	public List<String> getEvents() {
		return this.events;
	}

	public void setEvents(List<String> events) {
		this.events = events;
	}

	public Map<String, Object> getUserData() {
		return this.userData;
	}

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public HealthProperties getHealth() {
		return this.health;
	}

}
