package dev.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * The address of a Unix domain socket. Wherever an address is asked for it stands for
 * that of this machine, 127.0.0.1 with port 0, with a host name that says more:
 * {@code unix:/run/app.sock}. So what deals with peers by their address takes those of a
 * Unix domain socket for peers on this machine, which they are; what wants to know more
 * asks whether an address is one of these. As addresses are equal by what they stand for,
 * all of these are: tell them apart by their paths.
 */
public final class UnixSocketAddress extends InetSocketAddress {

	private static final long serialVersionUID = 1L;

	private static final String PREFIX = "unix:";

	private static final byte[] THIS_MACHINE = { 127, 0, 0, 1 };

	private final String path;

	private UnixSocketAddress(String path) {
		super(thisMachine(PREFIX + path), 0);
		this.path = path;
	}

	/**
	 * Returns the address of a socket.
	 * @param path its path; one that is relative counts from where the program runs
	 * @return the address, whose path is absolute
	 */
	public static UnixSocketAddress of(Path path) {
		return new UnixSocketAddress(path.toAbsolutePath().normalize().toString());
	}

	/**
	 * Returns the address of a socket.
	 * @param host its path as a host name, as {@link #toString()} has it
	 * @return the address
	 */
	public static UnixSocketAddress of(String host) {
		if (!isUnix(host)) {
			throw new IllegalArgumentException("'" + host + "' does not begin with " + PREFIX);
		}
		return of(Path.of(host.substring(PREFIX.length())));
	}

	/**
	 * Returns whether a host name stands for the path of a socket.
	 * @param host the host name
	 * @return whether it begins as those do
	 */
	public static boolean isUnix(String host) {
		return host.startsWith(PREFIX);
	}

	private static InetAddress thisMachine(String host) {
		try {
			return InetAddress.getByAddress(host, THIS_MACHINE);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * Returns where the socket is.
	 * @return its absolute path; on the server's side of a connection the server's, as
	 * clients of Unix domain sockets rarely have one
	 */
	public Path getPath() {
		return Path.of(this.path);
	}

	/**
	 * Returns the path as a host name.
	 * @return {@code unix:} and the path
	 */
	@Override
	public String toString() {
		return PREFIX + this.path;
	}

}
