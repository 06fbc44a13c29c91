package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * What can be configured under {@code sockets}. A key that isn't here fails the start.
 */
@ConfigurationProperties(prefix = "sockets", ignoreUnknownFields = false)
public class SocketsProperties {

	/**
	 * Whether endpoints are created.
	 */
	private boolean enabled = true;

	/**
	 * Number of event loops. By default half the processors, at least one.
	 */
	private @Nullable Integer loops;

	/**
	 * What event loops get TCP and Unix domain sockets from: NIO of the JDK, the native
	 * engine of Linux, or, by auto, that one where it works and is allowed.
	 */
	private EngineType engine = EngineType.NIO;

	/**
	 * Threads that run the handlers which the event loops hand over.
	 */
	private HandlerThreads threads = HandlerThreads.AUTO;

	/**
	 * Most platform threads that run handlers of one endpoint. By default four for each
	 * processor, at least 16.
	 */
	private @Nullable Integer poolSize;

	/**
	 * Id of this node among several: letters, digits, dots, dashes and underscores. By
	 * default nine characters at random.
	 */
	private @Nullable String node;

	@NestedConfigurationProperty
	private final BackplaneProperties backplane = new BackplaneProperties();

	@NestedConfigurationProperty
	private final Memory memory = new Memory();

	@NestedConfigurationProperty
	private final Observations observations = new Observations();

	@NestedConfigurationProperty
	private final TcpProperties tcp = new TcpProperties();

	@NestedConfigurationProperty
	private final MulticastProperties multicast = new MulticastProperties();

	@NestedConfigurationProperty
	private final UdpProperties udp = new UdpProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getNode() {
		return this.node;
	}

	public void setNode(@Nullable String node) {
		this.node = node;
	}

	public BackplaneProperties getBackplane() {
		return this.backplane;
	}

	public Memory getMemory() {
		return this.memory;
	}

	public @Nullable Integer getLoops() {
		return this.loops;
	}

	public void setLoops(@Nullable Integer loops) {
		this.loops = loops;
	}

	public EngineType getEngine() {
		return this.engine;
	}

	public void setEngine(EngineType engine) {
		this.engine = engine;
	}

	public HandlerThreads getThreads() {
		return this.threads;
	}

	public void setThreads(HandlerThreads threads) {
		this.threads = threads;
	}

	public @Nullable Integer getPoolSize() {
		return this.poolSize;
	}

	public void setPoolSize(@Nullable Integer poolSize) {
		this.poolSize = poolSize;
	}

	public Observations getObservations() {
		return this.observations;
	}

	public TcpProperties getTcp() {
		return this.tcp;
	}

	public MulticastProperties getMulticast() {
		return this.multicast;
	}

	public UdpProperties getUdp() {
		return this.udp;
	}

	/**
	 * Memory for what waits.
	 */
	public static class Memory {

		/**
		 * Most memory for what was received and not handled, and what peers have not
		 * taken, of all endpoints together. By default a quarter of the heap.
		 */
		private @Nullable DataSize max;

		public @Nullable DataSize getMax() {
			return this.max;
		}

		public void setMax(@Nullable DataSize max) {
			this.max = max;
		}

	}

	/**
	 * Observations of messages.
	 */
	public static class Observations {

		/**
		 * Whether each message that is received, sent or requested is observed, when
		 * there is an ObservationRegistry.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
