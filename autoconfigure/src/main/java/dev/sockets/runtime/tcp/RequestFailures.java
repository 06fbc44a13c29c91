package dev.sockets.runtime.tcp;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * What requests end with that get no answer.
 */
public final class RequestFailures {

	private RequestFailures() {
	}

	public static SocketOperationException tooMany(int max) {
		return new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
				max + " requests wait for an answer already; see max-pending-requests");
	}

	static SocketOperationException noMemory() {
		return new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
				"There is no memory for more requests that wait until those before them are answered");
	}

	public static SocketOperationException timeout() {
		return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was not answered within its deadline");
	}

	/** Returns what a request ends with that was not sent before its deadline. */
	static SocketOperationException late() {
		return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was not sent within its deadline, as those before it were not answered");
	}

	/** Returns what a request ends with that had no connection before its deadline. */
	public static SocketOperationException unconnected() {
		return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was not sent within its deadline, as no connection was ready for it");
	}

	/** Returns what the sending of a request ends with that nobody waits for. */
	static SocketOperationException givenUp() {
		return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was given up before its turn had come");
	}

}
