package dev.sockets.tcp;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.Framing;

/**
 * What comes before the application knows of a connection.
 *
 * @param handshake what the application does; {@code null} for nothing
 * @param session texts that are said; {@code null} for none
 * @param password what both sides have to know; {@code null} for nothing. It is never
 * sent, but over the wire of TCPTalks, where it travels in clear
 */
public record OpeningSettings(@Nullable ConnectionHandshake handshake, @Nullable SessionSettings session,
		@Nullable Password password) {

	void check(String path, Framing framing, int maxFrameSize, boolean tcptalks) {
		if (this.password != null && this.password.text().isEmpty()) {
			throw new InvalidSettingException(path + ".password", "",
					"at least one character, or left out for no password");
		}
		if (this.session != null) {
			HandshakeSettings.check(path, this.session, framing, maxFrameSize);
		}
		HandshakeSettings.checkOnlyOne(path, this.handshake, this.session, this.password, tcptalks);
	}

	boolean isAny() {
		return this.handshake != null || this.session != null || this.password != null;
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		@Nullable ConnectionHandshake handshake;

		@Nullable SessionSettings session;

		@Nullable Password password;

		Builder() {
		}

		OpeningSettings build() {
			return new OpeningSettings(this.handshake, this.session, this.password);
		}

	}

	/**
	 * Sets these settings among others.
	 *
	 * @param <B> type of the builder of all
	 */
	public interface Setters<B> {

		/**
		 * Changes what comes first: what the other methods do.
		 * @param change changes it
		 * @return this builder
		 */
		B opening(Consumer<Builder> change);

		/**
		 * Sets what is done before the application knows of a connection; nothing when it
		 * isn't set.
		 * @param handshake the handshake; {@code null} for none
		 * @return this builder
		 */
		default B handshake(@Nullable ConnectionHandshake handshake) {
			return opening((opening) -> opening.handshake = handshake);
		}

		/**
		 * Sets texts that are said before the application knows of a connection; none
		 * when it isn't set.
		 * @param session what to say and to expect; {@code null} for nothing
		 * @return this builder
		 */
		default B session(@Nullable SessionSettings session) {
			return opening((opening) -> opening.session = session);
		}

		/**
		 * Sets what both sides have to know; nothing when it isn't set. Each proves it to
		 * the other before anything else, and it is never sent; but who can read along
		 * may try passwords at home, so without TLS it should be long and random. Over
		 * the wire of TCPTalks it travels in clear, and each program that uses TCPTalks
		 * trusts its peer before it has seen the password.
		 * @param password the password; {@code null} for none
		 * @return this builder
		 */
		default B password(@Nullable String password) {
			return opening((opening) -> opening.password = (password != null) ? Password.of(password) : null);
		}

	}

}
