package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;

/**
 * What NIO throws for an errno, with the words that it uses.
 */
final class Failures {

	private Failures() {
	}

	static IOException of(int errno) {
		return switch (errno) {
			case Constants.ECONNREFUSED, Constants.ETIMEDOUT, Constants.ENOTCONN ->
				new ConnectException(LibC.describe(errno));
			case Constants.EHOSTUNREACH -> new NoRouteToHostException(LibC.describe(errno));
			case Constants.EADDRINUSE, Constants.EADDRNOTAVAIL, Constants.EACCES ->
				new BindException(LibC.describe(errno));
			case Constants.EPROTO -> new ProtocolException(LibC.describe(errno));
			case Constants.ECONNRESET -> new SocketException("Connection reset");
			case Constants.EPIPE, Constants.EMFILE, Constants.ENFILE -> new IOException(LibC.describe(errno));
			default -> new SocketException(LibC.describe(errno));
		};
	}

	/**
	 * Passes a result on.
	 * @param result what a call has returned
	 * @return the same
	 * @throws IOException when it is negative
	 */
	static int check(int result) throws IOException {
		if (result < 0) {
			throw of(-result);
		}
		return result;
	}

	/**
	 * Passes a result on of a call that would have blocked otherwise.
	 * @param result what the call has returned
	 * @return the same; 0 when there was nothing to be done
	 * @throws IOException when it has failed
	 */
	static int blocked(int result) throws IOException {
		if (result == -Constants.EAGAIN || result == -Constants.EINTR) {
			return 0;
		}
		return check(result);
	}

}
