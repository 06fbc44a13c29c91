package dev.sockets.autoconfigure.binding;

import java.nio.charset.Charset;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;

/**
 * Finds the charset of an entry.
 */
final class Charsets {

	private Charsets() {
	}

	/**
	 * Returns the charset of texts that have no framing of their own to fit.
	 */
	static Charset resolve(BoundEntry<? extends EndpointProperties> entry) {
		Charset charset = entry.properties().getCharset();
		if (!charset.canEncode()) {
			throw entry.invalid("charset", charset, "a charset that can encode too, such as UTF-8");
		}
		return charset;
	}

	/**
	 * Returns the charset of all payloads, which must leave alone the bytes that the
	 * framing looks for.
	 * @param framing its name; {@code null} when there is none
	 */
	static Charset resolveForFraming(BoundEntry<? extends EndpointProperties> entry, @Nullable String framing) {
		Charset charset = resolve(entry);
		if (framing != null && !BuiltInFraming.of(framing).map((builtIn) -> builtIn.fits(charset)).orElse(true)) {
			throw entry.invalid("charset", charset, "one that contains ASCII, as UTF-8 does: the framing '" + framing
					+ "' looks for ASCII characters. The framing 'length4' fits any charset");
		}
		if (framing != null) {
			BuiltInFraming.of(framing).ifPresent((builtIn) -> requireSafe(entry, builtIn, charset));
		}
		return charset;
	}

	@SuppressWarnings("unchecked")
	private static void requireSafe(BoundEntry<? extends EndpointProperties> entry, BuiltInFraming framing,
			Charset charset) {
		if (!(entry.properties() instanceof TcpConnectionProperties)) {
			return;
		}
		for (byte[] mark : framing.marks((BoundEntry<? extends TcpConnectionProperties>) entry)) {
			if (!CharsetMarks.areSafe(charset, mark)) {
				throw entry.invalid("charset", charset, "one in whose texts the bytes "
						+ HexFormat.ofDelimiter(" ").formatHex(mark) + " of the framing '" + framing.label()
						+ "' are never a part of a character, as UTF-8. The framing 'length4' fits any charset");
			}
		}
	}

}
