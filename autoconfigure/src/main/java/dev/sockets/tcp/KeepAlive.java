package dev.sockets.tcp;

import java.net.SocketOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

import static jdk.net.ExtendedSocketOptions.TCP_KEEPCOUNT;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPINTERVAL;

/**
 * How TCP probes an idle peer; {@code null} leaves the operating system's default.
 *
 * @param idle seconds without a byte before the first probe
 * @param interval seconds between two probes
 * @param count probes that may go unanswered before the connection is reset
 */
public record KeepAlive(@Nullable Integer idle, @Nullable Integer interval, @Nullable Integer count) {

	private static final int MOST_SECONDS = 32767;

	private static final int MOST_PROBES = 127;

	/**
	 * Returns the options to be set on sockets.
	 * @return each with its value; none for those that are left to the operating system
	 */
	public Map<SocketOption<Integer>, Integer> options() {
		Map<SocketOption<Integer>, Integer> options = new LinkedHashMap<>();
		put(options, TCP_KEEPIDLE, this.idle);
		put(options, TCP_KEEPINTERVAL, this.interval);
		put(options, TCP_KEEPCOUNT, this.count);
		return options;
	}

	private static void put(Map<SocketOption<Integer>, Integer> options, SocketOption<Integer> option,
			@Nullable Integer value) {
		if (value != null) {
			options.put(option, value);
		}
	}

	void check(String path, Set<SocketOption<?>> supported) {
		check(path + ".socket.keep-alive-idle", this.idle, MOST_SECONDS, "from 1s to 32767s", TCP_KEEPIDLE, supported);
		check(path + ".socket.keep-alive-interval", this.interval, MOST_SECONDS, "from 1s to 32767s", TCP_KEEPINTERVAL,
				supported);
		check(path + ".socket.keep-alive-count", this.count, MOST_PROBES, "from 1 to 127", TCP_KEEPCOUNT, supported);
	}

	private static void check(String property, @Nullable Integer value, int most, String allowed,
			SocketOption<Integer> option, Set<SocketOption<?>> supported) {
		if (value == null) {
			return;
		}
		if (value < 1 || value > most) {
			throw new InvalidSettingException(property, value, allowed);
		}
		if (!supported.contains(option)) {
			throw new InvalidSettingException(property, value,
					"left out: this platform does not let it be set, but only socket.keep-alive");
		}
	}

}
