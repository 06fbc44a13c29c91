package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Set;

import jdk.net.ExtendedSocketOptions;

/**
 * Options of sockets by the numbers that Linux has for them.
 */
final class Options {

	private static final int SOCKET = 1;

	private static final int TCP = 6;

	private static final int IPV6 = 41;

	private static final int ERROR = 4;

	private static final int V6ONLY = 26;

	private record Name(int level, int number) {
	}

	private static final Map<SocketOption<?>, Name> NAMES = Map.ofEntries(
			Map.entry(StandardSocketOptions.SO_RCVBUF, new Name(SOCKET, 8)),
			Map.entry(StandardSocketOptions.SO_SNDBUF, new Name(SOCKET, 7)),
			Map.entry(StandardSocketOptions.SO_KEEPALIVE, new Name(SOCKET, 9)),
			Map.entry(StandardSocketOptions.SO_REUSEADDR, new Name(SOCKET, 2)),
			Map.entry(StandardSocketOptions.SO_REUSEPORT, new Name(SOCKET, 15)),
			Map.entry(StandardSocketOptions.SO_LINGER, new Name(SOCKET, 13)),
			Map.entry(StandardSocketOptions.TCP_NODELAY, new Name(TCP, 1)),
			Map.entry(StandardSocketOptions.IP_TOS, new Name(0, 1)),
			Map.entry(ExtendedSocketOptions.TCP_KEEPIDLE, new Name(TCP, 4)),
			Map.entry(ExtendedSocketOptions.TCP_KEEPINTERVAL, new Name(TCP, 5)),
			Map.entry(ExtendedSocketOptions.TCP_KEEPCOUNT, new Name(TCP, 6)));

	static final Set<SocketOption<?>> TCP_OPTIONS = NAMES.keySet();

	static final Set<SocketOption<?>> UNIX_OPTIONS = Set.of(StandardSocketOptions.SO_RCVBUF,
			StandardSocketOptions.SO_SNDBUF, StandardSocketOptions.SO_LINGER);

	static final Set<SocketOption<?>> SERVER_OPTIONS = Set.of(StandardSocketOptions.SO_RCVBUF,
			StandardSocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_REUSEPORT);

	private Options() {
	}

	private static Name name(SocketOption<?> option) {
		Name name = NAMES.get(option);
		if (name == null) {
			throw new UnsupportedOperationException("'" + option + "' not supported");
		}
		return name;
	}

	static void set(Descriptor descriptor, SocketOption<?> option, Object value) throws IOException {
		Name name = name(option);
		int number = (value instanceof Boolean on) ? (on ? 1 : 0) : (Integer) value;
		if (option == StandardSocketOptions.IP_TOS && (number < 0 || number > 255)) {
			throw new IllegalArgumentException("Invalid IP_TOS value");
		}
		descriptor.begin();
		try {
			Failures.check(Scratch.with((scratch) -> {
				long at = scratch.small;
				if (option != StandardSocketOptions.SO_LINGER) {
					Memory.putInt(at, number);
					return LibC.setOption(scratch.state, descriptor.number, name.level, name.number, at, 4);
				}
				Memory.putInt(at, (number >= 0) ? 1 : 0);
				Memory.putInt(at + 4, Math.max(0, number));
				return LibC.setOption(scratch.state, descriptor.number, name.level, name.number, at, 8);
			}));
		}
		finally {
			descriptor.end();
		}
	}

	@SuppressWarnings("unchecked")
	static <T> T get(Descriptor descriptor, SocketOption<T> option) throws IOException {
		Name name = name(option);
		int[] value = new int[2];
		descriptor.begin();
		try {
			Failures.check(Scratch.with((scratch) -> {
				long at = scratch.small;
				Memory.putInt(at + 16, 8);
				int result = LibC.getOption(scratch.state, descriptor.number, name.level, name.number, at, at + 16);
				value[0] = Memory.getInt(at);
				value[1] = Memory.getInt(at + 4);
				return result;
			}));
		}
		finally {
			descriptor.end();
		}
		if (option == StandardSocketOptions.SO_LINGER) {
			return (T) (Object) ((value[0] != 0) ? value[1] : -1);
		}
		if (option.type() == Boolean.class) {
			return (T) (Object) (value[0] != 0);
		}
		boolean doubled = option == StandardSocketOptions.SO_RCVBUF || option == StandardSocketOptions.SO_SNDBUF;
		return (T) (Object) (doubled ? value[0] / 2 : value[0]);
	}

	/**
	 * Returns and forgets what has failed with a socket.
	 * @return an errno; 0 for nothing
	 */
	static int failure(Descriptor descriptor) throws IOException {
		Scratch scratch = Scratch.take();
		descriptor.begin();
		try {
			long at = scratch.small;
			Memory.putInt(at + 16, 4);
			int result = LibC.getOption(scratch.state, descriptor.number, SOCKET, ERROR, at, at + 16);
			return (result < 0) ? -result : Memory.getInt(at);
		}
		finally {
			descriptor.end();
			scratch.giveBack();
		}
	}

	/** Has a socket of IPv6 speak IPv4 too. */
	static void speakBoth(Scratch scratch, int descriptor) {
		Memory.putInt(scratch.small, 0);
		LibC.setOption(scratch.state, descriptor, IPV6, V6ONLY, scratch.small, 4);
	}

}
