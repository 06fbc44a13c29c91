package dev.sockets.tcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An address, or all addresses of a network. IPv4 addresses that are mapped into IPv6 are
 * IPv4 addresses here. Names are never looked up.
 *
 * @param address the address, or the first one of the network
 * @param prefixLength how many bits all addresses of the network have in common; 32 or
 * 128 for a single address
 */
public record AddressRange(InetAddress address, int prefixLength) {

	private static final int MAPPED_BITS = 96;

	private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

	private static final String EXAMPLES = "an address or a network, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32";

	public AddressRange {
		int bits = address.getAddress().length * Byte.SIZE;
		if (prefixLength < 0 || prefixLength > bits) {
			throw new IllegalArgumentException("one with a prefix from /0 to /" + bits);
		}
		InetAddress first = masked(address, prefixLength);
		if (!first.equals(address)) {
			throw new IllegalArgumentException(first.getHostAddress() + "/" + prefixLength
					+ ", if the whole network is meant, or the address alone");
		}
	}

	/**
	 * Reads an address, or a network in CIDR notation.
	 * @param text such as {@code 192.0.2.7} or {@code 2001:db8::/32}
	 * @return the range
	 * @throws IllegalArgumentException when it is neither; its message says what is
	 * allowed, as the end of a sentence that starts with "must be"
	 */
	public static AddressRange parse(String text) {
		int slash = text.indexOf('/');
		String literal = ((slash < 0) ? text : text.substring(0, slash)).trim();
		InetAddress address = address(literal);
		if (address == null) {
			throw new IllegalArgumentException(EXAMPLES
					+ "; names are not looked up, as who answers for a name would decide who may come: write its addresses");
		}
		int bits = address.getAddress().length * Byte.SIZE;
		if (slash < 0) {
			return new AddressRange(address, bits);
		}
		String prefix = text.substring(slash + 1).trim();
		if (!NUMBER.matcher(prefix).matches()) {
			throw new IllegalArgumentException(EXAMPLES);
		}
		boolean mapped = address instanceof Inet4Address && literal.indexOf(':') >= 0;
		return new AddressRange(address, Integer.parseInt(prefix) - (mapped ? MAPPED_BITS : 0));
	}

	/**
	 * Returns the network that an address is in.
	 * @param address the address
	 * @param prefixLength how many bits all addresses of the network have in common
	 * @return the network; the address alone when it has no more bits than that
	 */
	public static AddressRange around(InetAddress address, int prefixLength) {
		int bits = Math.min(prefixLength, address.getAddress().length * Byte.SIZE);
		return new AddressRange(masked(address, bits), bits);
	}

	/**
	 * Reads an address that is written in numbers.
	 * @param text the text
	 * @return the address; {@code null} when it is anything else, such as a name
	 */
	public static @Nullable InetAddress address(String text) {
		try {
			if (IPV6.matcher(text).matches() && text.indexOf(':') >= 0) {
				return InetAddress.getByName(text);
			}
			byte[] bytes = ipv4(text);
			return (bytes != null) ? InetAddress.getByAddress(bytes) : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static byte @Nullable [] ipv4(String text) {
		String[] numbers = text.split("\\.", -1);
		byte[] bytes = new byte[4];
		if (numbers.length != bytes.length) {
			return null;
		}
		for (int i = 0; i < bytes.length; i++) {
			if (!NUMBER.matcher(numbers[i]).matches() || Integer.parseInt(numbers[i]) > 255) {
				return null;
			}
			bytes[i] = (byte) Integer.parseInt(numbers[i]);
		}
		return bytes;
	}

	/**
	 * Returns whether an address is one of these.
	 * @param other the address
	 * @return whether it is the address, or in the network
	 */
	public boolean contains(InetAddress other) {
		InetAddress unmapped = of(other.getAddress());
		return this.address.getClass() == unmapped.getClass()
				&& masked(unmapped, this.prefixLength).equals(this.address);
	}

	private static InetAddress masked(InetAddress address, int prefixLength) {
		byte[] bytes = address.getAddress();
		for (int i = 0; i < bytes.length; i++) {
			int bits = Math.max(0, Math.min(Byte.SIZE, prefixLength - i * Byte.SIZE));
			bytes[i] &= (byte) (0xff << (Byte.SIZE - bits));
		}
		return of(bytes);
	}

	private static InetAddress of(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		String text = this.address.getHostAddress();
		return (this.prefixLength < this.address.getAddress().length * Byte.SIZE) ? text + "/" + this.prefixLength
				: text;
	}

}
