package dev.sockets.runtime.rpc;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Password;

/**
 * The side that has connected: it tells the password, or that it has none, and closes
 * when it is refused, as a server of TCPTalks may not.
 */
final class TcptalksClientHandshake implements TcptalksHandshake {

	private final RpcLink link;

	private final @Nullable Password password;

	private boolean answered;

	private boolean admitted;

	TcptalksClientHandshake(RpcLink link, @Nullable Password password) {
		this.link = link;
		this.password = password;
	}

	@Override
	public void begin() {
		try {
			this.link.sendUnseen(TcptalksMessages.reply(TcptalksMessages.AUTHENTICATION,
					(this.password != null) ? this.password.text() : null));
		}
		catch (SocketOperationException ex) {
			this.answered = true;
			this.link.refused(ex, 0);
		}
	}

	@Override
	public boolean takes(@Nullable RpcMessage message) {
		if (this.admitted) {
			return false;
		}
		if (message instanceof RpcMessage.Request request) {
			TcptalksServerHandshake.refuse(this.link, request);
		}
		else if (!this.answered && TcptalksServerHandshake.isAuthentication(message)) {
			this.answered = true;
			if (message instanceof RpcMessage.Result result && isTrue(result.value())) {
				this.admitted = true;
				this.link.admitted();
			}
			else {
				this.link
					.refused(new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED, (this.password != null)
							? "The server has refused the password" : "The server wants a password, and none is set"),
							0);
			}
		}
		return true;
	}

	/** What Python takes for true. */
	private static boolean isTrue(@Nullable Object value) {
		if (value instanceof Boolean bool) {
			return bool;
		}
		if (value instanceof Number number) {
			return number.doubleValue() != 0;
		}
		if (value instanceof CharSequence text) {
			return !text.isEmpty();
		}
		if (value instanceof Collection<?> collection) {
			return !collection.isEmpty();
		}
		if (value instanceof Map<?, ?> map) {
			return !map.isEmpty();
		}
		return (value instanceof byte[] bytes) ? bytes.length > 0 : value != null;
	}

}
