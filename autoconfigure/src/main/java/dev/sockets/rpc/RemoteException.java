package dev.sockets.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The peer has failed to execute a request. Its code is {@code UNKNOWN_OPCODE} when
 * nothing is bound there to the opcode, and {@code REMOTE_ERROR} otherwise.
 */
public class RemoteException extends SocketOperationException {

	private static final long serialVersionUID = 1L;

	private final String type;

	private final String remoteMessage;

	private final List<StackTraceElement> frames;

	/**
	 * Creates an exception.
	 * @param type name of the peer's error, such as ValueError
	 * @param message the peer's message
	 * @param frames where it happened at the peer, the innermost call first
	 */
	public RemoteException(String type, String message, List<StackTraceElement> frames) {
		this(SocketErrorCode.REMOTE_ERROR, type, message, frames, null);
	}

	/**
	 * Creates an exception with a code and a cause.
	 * @param code {@code REMOTE_ERROR} or {@code UNKNOWN_OPCODE}
	 * @param type name of the peer's error
	 * @param message the peer's message
	 * @param frames where it happened at the peer, the innermost call first
	 * @param cause the same exception, as another thread has got it
	 */
	public RemoteException(SocketErrorCode code, String type, String message, List<StackTraceElement> frames,
			@Nullable Throwable cause) {
		super(code, message.isEmpty() ? type : type + ": " + message, cause);
		this.type = type;
		this.remoteMessage = message;
		this.frames = List.copyOf(frames);
	}

	/**
	 * Returns the name of the peer's error.
	 * @return the name, such as ValueError
	 */
	public String getType() {
		return this.type;
	}

	/**
	 * Returns the peer's message.
	 * @return the message, without the error's name
	 */
	public String getRemoteMessage() {
		return this.remoteMessage;
	}

	/**
	 * Returns where it happened at the peer.
	 * @return an unmodifiable list, the innermost call first; empty when the peer does
	 * not tell
	 */
	public List<StackTraceElement> getFrames() {
		return this.frames;
	}

}
