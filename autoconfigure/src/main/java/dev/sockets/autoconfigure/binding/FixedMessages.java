package dev.sockets.autoconfigure.binding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;

/**
 * Encodes the messages that stand in the configuration as texts.
 */
final class FixedMessages {

	private FixedMessages() {
	}

	/**
	 * Returns the bytes of a message in the charset of its entry; a backslash escapes
	 * bytes.
	 */
	static byte[] encode(BoundEntry<? extends TcpConnectionProperties> entry, String key, String text) {
		Charset charset = Charsets.resolve(entry);
		try {
			ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
			if (text.indexOf('\\') >= 0) {
				return EscapedBytes.parse(text, charset).orElseThrow(() -> entry.invalid(key, text, WireTexts.ESCAPED));
			}
			byte[] bytes = new byte[encoded.remaining()];
			encoded.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw entry.invalid(key, text, "text of characters that the charset " + charset + " has");
		}
	}

	/**
	 * Returns the bytes of a message, or {@code null} when there is none.
	 */
	static byte @Nullable [] encodeIfAny(BoundEntry<? extends TcpConnectionProperties> entry, String key,
			@Nullable String text) {
		return (text != null) ? encode(entry, key, text) : null;
	}

	/**
	 * Returns whether an entry has any, so that its charset is of use whatever the codec.
	 */
	static boolean areIn(EndpointProperties properties) {
		return (properties instanceof TcpConnectionProperties connection
				&& (!connection.getHeartbeat().getMessage().isEmpty()
						|| HeartbeatMapper.hasAnswer(connection.getHeartbeat())
						|| HandshakeMapper.hasTexts(connection)))
				|| (properties instanceof TcpServerProperties server
						&& (server.getBusyMessage() != null || server.getGoodbyeMessage() != null))
				|| (properties instanceof TcpClientProperties client && client.getBusyMessage() != null);
	}

}
