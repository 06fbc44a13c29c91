package dev.sockets.autoconfigure.binding;

import java.net.InetAddress;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.UnixSocketAddress;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.Peer;

/**
 * Refuses what can be no host name, rather than to look it up again and again. The name
 * of a network interface that an address ends with may be any.
 */
final class HostNames {

	private static final String KEY = "host";

	private static final String HOST = "an address or a host name";

	private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

	private static final Pattern WITH_PORT = Pattern.compile("([^:]+|\\[.*]):[0-9]*");

	private static final String ZONED = "\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*%[^\\s/]+$";

	private static final Pattern OTHER = Pattern.compile("(?!" + ZONED + ").*[" + Blanks.ANY + "/@*?#'\"`;<>()].*",
			Pattern.DOTALL);

	private static final Pattern NUMBERS = Pattern.compile("[0-9.]*\\.[0-9.]*");

	private static final Pattern BYTE = Pattern.compile("0*(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");

	private HostNames() {
	}

	/**
	 * Returns a host without the brackets that an IPv6 address has before a port.
	 * @param host the host
	 */
	static String plain(String host) {
		return new Peer(host, 0).host();
	}

	/**
	 * Looks at the host of an entry.
	 * @param host the host; {@code null} when there is none
	 */
	static void check(BoundEntry<?> entry, @Nullable String host) {
		if (host == null || host.isBlank() || UnixSocketAddress.isUnix(host)) {
			return;
		}
		if (host.equals("*")) {
			throw entry.invalid(KEY, host, HOST + "; 0.0.0.0 stands for all addresses of this machine");
		}
		if (URL.matcher(host).matches()) {
			throw entry.invalid(KEY, host,
					HOST + " alone, without '" + host.substring(0, host.indexOf('/')) + "//' and what goes with it");
		}
		if (WITH_PORT.matcher(host).matches()) {
			throw entry.invalid(KEY, host,
					HOST + " alone: the number behind the colon goes to '" + entry.path() + ".port'");
		}
		if (host.indexOf(',') >= 0) {
			throw entry.invalid(KEY, host,
					"one address or host name, not several" + (entry.properties() instanceof TcpClientProperties
							? ": those, with their ports, go to '%s.addresses'".formatted(entry.path()) : ""));
		}
		if (NUMBERS.matcher(host).matches() && !isAddress(host)) {
			throw entry.invalid(KEY, host, HOST + "; an address has four numbers from 0 to 255 with dots between");
		}
		if (OTHER.matcher(host).matches()) {
			throw entry.invalid(KEY, host, HOST + ", without spaces, quotes, slashes and the like");
		}
	}

	/**
	 * Looks at the host of a receiver of UDP, which joins no groups: it would listen and
	 * hear nothing.
	 * @param host the host
	 */
	static void refuseGroup(BoundEntry<?> entry, String host) {
		InetAddress address = AddressRange.address(plain(host));
		if (address != null && address.isMulticastAddress()) {
			throw entry.invalid(KEY, host, "an address of this machine; groups are joined by '"
					+ EndpointGroup.MULTICAST_RECEIVER.path(entry.name()) + ".groups'");
		}
	}

	private static boolean isAddress(String host) {
		String[] numbers = host.split("\\.", -1);
		return numbers.length == 4 && Stream.of(numbers).allMatch((number) -> BYTE.matcher(number).matches());
	}

}
