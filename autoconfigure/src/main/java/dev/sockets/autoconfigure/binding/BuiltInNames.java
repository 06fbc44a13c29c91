package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.DatagramProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;

/**
 * Lets names of built-in framings and codecs be written as the constants of enumerations
 * may be, such as {@code STX_ETX}, unless a bean has that name.
 */
final class BuiltInNames {

	private final NamedBeans beans;

	BuiltInNames(NamedBeans beans) {
		this.beans = beans;
	}

	/**
	 * Spells the names of an entry as they are compared.
	 */
	void canonical(BoundEntry<?> entry) {
		if (entry.properties() instanceof TcpConnectionProperties tcp) {
			label(tcp.getFraming(), BuiltInFraming.values()).ifPresent(tcp::setFraming);
			label(tcp.getCodec(), BuiltInCodec.values()).ifPresent(tcp::setCodec);
		}
		else if (entry.properties() instanceof DatagramProperties datagrams) {
			label(datagrams.getCodec(), BuiltInCodec.values()).ifPresent(datagrams::setCodec);
		}
	}

	private Optional<String> label(@Nullable String name, Enum<?>[] constants) {
		if (name == null || this.beans.has(name)) {
			return Optional.empty();
		}
		return Arrays.stream(constants)
			.filter((constant) -> Labels.isRelaxed(constant, name))
			.map((constant) -> Labels.of(constant))
			.findFirst();
	}

}
