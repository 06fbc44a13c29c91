package dev.sockets.loop.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds in the first record of a client which server it asks for.
 */
final class ClientHello {

	private static final int HANDSHAKE = 22;

	private static final int CLIENT_HELLO = 1;

	private static final int SERVER_NAME = 0;

	private static final int HOST_NAME = 0;

	/** Type, version and length of a record; type and length of a message. */
	private static final int HEADERS = 5 + 4;

	private static final int VERSION_AND_RANDOM = 2 + 32;

	private ClientHello() {
	}

	/**
	 * Returns the name that a client asks for.
	 * @param record the record, which is not changed
	 * @return the name in lower case; {@code null} when there is none, or what is there
	 * cannot be read, which its engine is to say
	 */
	static @Nullable String serverName(ByteBuffer record) {
		try {
			return (record.remaining() > HEADERS) ? find(record.duplicate()) : null;
		}
		catch (BufferUnderflowException ex) {
			return null;
		}
	}

	private static @Nullable String find(ByteBuffer bytes) {
		int start = bytes.position();
		if (bytes.get(start) != HANDSHAKE || bytes.get(start + 5) != CLIENT_HELLO) {
			return null;
		}
		skip(bytes, HEADERS + VERSION_AND_RANDOM);
		skip(bytes, Byte.toUnsignedInt(bytes.get()));
		skip(bytes, length(bytes));
		skip(bytes, Byte.toUnsignedInt(bytes.get()));
		if (!bytes.hasRemaining()) {
			return null;
		}
		ByteBuffer extensions = part(bytes, length(bytes));
		while (extensions.hasRemaining()) {
			int type = length(extensions);
			ByteBuffer extension = part(extensions, length(extensions));
			if (type == SERVER_NAME) {
				return hostName(extension);
			}
		}
		return null;
	}

	private static @Nullable String hostName(ByteBuffer extension) {
		ByteBuffer names = part(extension, length(extension));
		while (names.hasRemaining()) {
			int type = names.get();
			ByteBuffer name = part(names, length(names));
			if (type == HOST_NAME) {
				return StandardCharsets.US_ASCII.decode(name).toString().toLowerCase(Locale.ROOT);
			}
		}
		return null;
	}

	private static int length(ByteBuffer bytes) {
		return Short.toUnsignedInt(bytes.getShort());
	}

	private static ByteBuffer part(ByteBuffer bytes, int length) {
		int start = bytes.position();
		skip(bytes, length);
		return bytes.slice(start, length);
	}

	private static void skip(ByteBuffer bytes, int count) {
		if (count > bytes.remaining()) {
			throw new BufferUnderflowException();
		}
		bytes.position(bytes.position() + count);
	}

}
