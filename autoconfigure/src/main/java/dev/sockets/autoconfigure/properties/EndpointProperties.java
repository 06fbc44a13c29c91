package dev.sockets.autoconfigure.properties;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.InboxOverflow;
import dev.sockets.codec.CharsetErrors;

/**
 * What all endpoints have in common.
 */
public abstract class EndpointProperties {

	/**
	 * Charset of the text codec.
	 */
	private Charset charset = StandardCharsets.UTF_8;

	/**
	 * Fate of a received text whose bytes are malformed in the charset: an error, or
	 * delivered with U+FFFD in their place.
	 */
	private CharsetErrors charsetErrors = CharsetErrors.REPORT;

	/**
	 * Class of the messages that the json and cbor codecs receive. By default what
	 * listener methods of servers and receivers take, else maps, lists, strings, numbers
	 * and booleans.
	 */
	private @Nullable String payloadType;

	/**
	 * Classes that the object codec may receive: full names, 'com.example.*' for those of
	 * a package, 'com.example.**' for those of the packages below it too. Without any the
	 * codec is refused.
	 */
	private List<String> allowedClasses = new ArrayList<>();

	@NestedConfigurationProperty
	private final Pickle pickle = new Pickle();

	@NestedConfigurationProperty
	private final Inbox inbox = new Inbox();

	/**
	 * Kinds of events that are published; 'all' and 'none' stand alone.
	 */
	private List<EventName> events = List.of(EventName.ALL);

	/**
	 * Any data of yours, kept on the endpoint.
	 */
	private final Map<String, Object> userData = new LinkedHashMap<>();

	/**
	 * Whether the endpoint starts with the application.
	 */
	private boolean autoStartup = true;

	/**
	 * Whether the bytes that go over the wire are logged, whatever the level of the
	 * logger 'sockets.wire.NAME' is.
	 */
	private boolean wireLog = false;

	/**
	 * Whether what handlers throw is logged although somebody listens to
	 * MessageErrorEvents, or polls them.
	 */
	private boolean logErrors = true;

	public abstract @Nullable String getCodec();

	public Charset getCharset() {
		return this.charset;
	}

	public void setCharset(Charset charset) {
		this.charset = charset;
	}

	public CharsetErrors getCharsetErrors() {
		return this.charsetErrors;
	}

	public void setCharsetErrors(CharsetErrors charsetErrors) {
		this.charsetErrors = charsetErrors;
	}

	public @Nullable String getPayloadType() {
		return this.payloadType;
	}

	public void setPayloadType(@Nullable String payloadType) {
		this.payloadType = payloadType;
	}

	public List<String> getAllowedClasses() {
		return this.allowedClasses;
	}

	public void setAllowedClasses(List<String> allowedClasses) {
		this.allowedClasses = allowedClasses;
	}

	public Pickle getPickle() {
		return this.pickle;
	}

	public Inbox getInbox() {
		return this.inbox;
	}

	public List<EventName> getEvents() {
		return this.events;
	}

	public void setEvents(List<EventName> events) {
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

	/**
	 * Returns whether the health of the application depends on the endpoint. No getter,
	 * as it is a key of each kind: their defaults differ.
	 */
	public abstract boolean countsForHealth();

	public boolean isWireLog() {
		return this.wireLog;
	}

	public void setWireLog(boolean wireLog) {
		this.wireLog = wireLog;
	}

	public boolean isLogErrors() {
		return this.logErrors;
	}

	public void setLogErrors(boolean logErrors) {
		this.logErrors = logErrors;
	}

	/**
	 * Details of the pickle codec.
	 */
	public static class Pickle {

		/**
		 * Protocol that the pickle codec writes: 3 or 4. It reads all.
		 */
		private int protocol = 4;

		/**
		 * Records and beans that classes of Python are mapped to, by the full names of
		 * those.
		 */
		private final Map<String, String> classes = new LinkedHashMap<>();

		public int getProtocol() {
			return this.protocol;
		}

		public void setProtocol(int protocol) {
			this.protocol = protocol;
		}

		public Map<String, String> getClasses() {
			return this.classes;
		}

	}

	/**
	 * Events kept for polling.
	 */
	public static class Inbox {

		/**
		 * Events that are kept for polling; 0 keeps none.
		 */
		private int capacity = 0;

		/**
		 * Fate of an event when the inbox is full.
		 */
		private InboxOverflow overflow = InboxOverflow.DROP_OLDEST;

		public int getCapacity() {
			return this.capacity;
		}

		public void setCapacity(int capacity) {
			this.capacity = capacity;
		}

		public InboxOverflow getOverflow() {
			return this.overflow;
		}

		public void setOverflow(InboxOverflow overflow) {
			this.overflow = overflow;
		}

	}

	/**
	 * An endpoint's part in the health of the application.
	 */
	public static class Health {

		/**
		 * Whether the health of the application depends on the endpoint; when not, it is
		 * shown only.
		 */
		private boolean required = true;

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

	}

}
