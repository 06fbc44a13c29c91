package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Tuple;
import dev.sockets.tcp.Password;

/**
 * The side that has accepted a connection: it lets in who knows the password, and asks
 * for the identity. The application is told when that is known, or when the peer has been
 * asked for long enough, or wants something executed.
 */
final class TcptalksServerHandshake implements TcptalksHandshake {

	private enum State {

		/** Nobody knows who the peer is. */
		STRANGER,

		/** The peer does not belong here. */
		REFUSED,

		/** The peer knows the password, but the application does not know of it. */
		AUTHENTICATED,

		/** The application knows of the connection. */
		ADMITTED

	}

	/** The peer notes that it may be asked a moment after it was let in. */
	private static final long BEFORE_ASKING = Duration.ofMillis(50).toNanos();

	private static final long LONGEST_ASKING = Duration.ofSeconds(1).toNanos();

	/** As long as a server of TCPTalks takes to close. */
	private static final long BEFORE_CLOSING = Duration.ofSeconds(1).toNanos();

	private static final int MOST_ASKED = 20;

	private static final int LONGEST_ID = 64;

	/** A return code that no request has. */
	private static final long ASKING = 0;

	private final RpcLink link;

	private final @Nullable Password password;

	private volatile State state = State.STRANGER;

	/** When to ask for the identity; guarded by this object's monitor. */
	private long askAt;

	/** Whether to ask then; guarded by this object's monitor. */
	private boolean asks;

	private int asked;

	private volatile long authenticatedAt;

	private volatile @Nullable String peerId;

	TcptalksServerHandshake(RpcLink link, @Nullable Password password) {
		this.link = link;
		this.password = password;
	}

	/**
	 * Answers a request that comes before its sender has authenticated, with an error
	 * that each Python has.
	 */
	static void refuse(RpcLink link, RpcMessage.Request request) {
		send(link, TcptalksMessages.reply(request.returnCode(), TcptalksErrors
			.write(new ErrorReport("PermissionError", "AuthentificationError: this connection is not authenticated"))));
	}

	static boolean isAuthentication(@Nullable RpcMessage message) {
		return message instanceof RpcMessage.Answer answer
				&& Long.valueOf(TcptalksMessages.AUTHENTICATION).equals(Opcodes.number(answer.returnCode()));
	}

	/** What cannot be sent is of no use any more, as the connection is closed. */
	private static void send(RpcLink link, Object payload) {
		try {
			link.sendUnseen(payload);
		}
		catch (SocketOperationException ex) {
			link.failed(ex.getCode());
		}
	}

	@Override
	public boolean takes(@Nullable RpcMessage message) {
		switch (this.state) {
			case STRANGER -> {
				if (isAuthentication(message)) {
					authenticate(message);
				}
				else if (message instanceof RpcMessage.Request request) {
					refuse(this.link, request);
				}
			}
			case REFUSED -> {
				// whoever was refused is not heard any more
			}
			default -> {
				boolean identity = message instanceof RpcMessage.Answer answer
						&& Long.valueOf(ASKING).equals(Opcodes.number(answer.returnCode())) && identify(answer);
				if (!identity) {
					admit();
				}
				return identity;
			}
		}
		return true;
	}

	private void authenticate(@Nullable RpcMessage message) {
		boolean right = this.password == null
				|| (message instanceof RpcMessage.Result result && this.password.matches(result.value()));
		if (right && !this.link.authenticated()) {
			this.state = State.REFUSED;
			return;
		}
		send(this.link, TcptalksMessages.reply(TcptalksMessages.AUTHENTICATION, right));
		if (right) {
			this.authenticatedAt = this.link.nanos();
			askLater(this.authenticatedAt);
			this.state = State.AUTHENTICATED;
		}
		else {
			this.state = State.REFUSED;
			this.link.refused(new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED,
					"The peer does not know the password"), BEFORE_CLOSING);
		}
	}

	private boolean identify(RpcMessage.Answer answer) {
		if (TcptalksErrors.isTooEarly(answer)) {
			askLater(this.link.nanos());
			return true;
		}
		if (this.peerId == null && answer instanceof RpcMessage.Result result
				&& (result.value() instanceof String || result.value() instanceof Number)) {
			String id = String.valueOf(result.value());
			if (!id.isEmpty() && id.length() <= LONGEST_ID) {
				this.peerId = id;
				this.link.identified();
			}
		}
		admit();
		return true;
	}

	private void admit() {
		if (this.state == State.AUTHENTICATED) {
			this.state = State.ADMITTED;
			this.link.admitted();
		}
	}

	private synchronized void askLater(long now) {
		this.asks = this.asked < MOST_ASKED;
		this.askAt = now + BEFORE_ASKING;
	}

	private synchronized boolean isToAsk(long now) {
		if (!this.asks || now - this.askAt < 0) {
			return false;
		}
		this.asks = false;
		this.asked++;
		return true;
	}

	@Override
	public void tick(long now) {
		if (isToAsk(now)) {
			send(this.link, TcptalksMessages.request(ASKING, TcptalksMessages.IDENTITY, Tuple.of(), Map.of()));
		}
		if (this.state == State.AUTHENTICATED && now - this.authenticatedAt >= LONGEST_ASKING) {
			admit();
		}
	}

	@Override
	public @Nullable String peerId() {
		return this.peerId;
	}

}
