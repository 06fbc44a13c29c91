package dev.sockets.multicast;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.sockets.CommonSettings;
import dev.sockets.EndpointSettings;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * What receivers and senders of datagrams have in common.
 *
 * @param endpoint what every endpoint needs to know
 * @param codec what the bytes of a datagram mean
 */
public record DatagramSettings(EndpointSettings endpoint, Codec codec) implements CommonSettings {

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder implements CommonSettings.Builder<Builder> {

		private final EndpointSettings.Builder endpoint;

		private Codec codec = Codecs.text(StandardCharsets.UTF_8);

		Builder(String path) {
			this.endpoint = new EndpointSettings.Builder(path);
		}

		@Override
		public Builder endpoint(Consumer<EndpointSettings.Builder> change) {
			change.accept(this.endpoint);
			return this;
		}

		/**
		 * Sets what the bytes of a datagram mean; UTF-8 text when it isn't set.
		 * @param codec the codec
		 * @return this builder
		 */
		public Builder codec(Codec codec) {
			this.codec = codec;
			return this;
		}

		DatagramSettings build() {
			return new DatagramSettings(this.endpoint.build(), this.codec);
		}

	}

}
