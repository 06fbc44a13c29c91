package dev.sockets.codec.pickle;

import dev.sockets.PrintableText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import org.jspecify.annotations.Nullable;

/**
 * Words the exceptions of the codec. They may quote the peer, so they are escaped.
 */
final class PickleFault {

	private PickleFault() {
	}

	static SocketOperationException received(String problem) {
		return received(problem, null);
	}

	static SocketOperationException received(String problem, @Nullable Throwable cause) {
		return new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"Codec pickle received " + PrintableText.of(problem), cause);
	}

	static SocketOperationException toSend(String problem) {
		return toSend(problem, null);
	}

	static SocketOperationException toSend(String problem, @Nullable Throwable cause) {
		return new SocketOperationException(SocketErrorCode.CODEC_FAILED, "Codec pickle cannot send " + problem, cause);
	}

}
