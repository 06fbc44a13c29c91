package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.Reply;
import dev.sockets.rpc.RpcCall;
import dev.sockets.rpc.RpcHandler;
import dev.sockets.rpc.RpcPeer;

/**
 * The peer of one connection: the requests to it, and those from it.
 */
public final class ConnectionRpc implements RpcPeer {

	private final EndpointRpc endpoint;

	private final RpcLink link;

	private final RpcProtocol protocol;

	private final Bindings bindings;

	private final OutgoingCalls calls;

	private final Invocations invocations;

	private final Responder responder;

	ConnectionRpc(EndpointRpc endpoint, RpcLink link, RpcProtocol protocol, Invocations invocations) {
		this.endpoint = endpoint;
		this.link = link;
		this.protocol = protocol;
		this.bindings = new Bindings(endpoint.reserved());
		this.calls = new OutgoingCalls(endpoint, link, protocol);
		this.invocations = invocations;
		this.responder = new Responder(endpoint, link, protocol, invocations);
	}

	/**
	 * Returns whether the application is to know of the connection only later.
	 * @return whether the connection is held back
	 */
	public boolean holds() {
		return this.protocol.holds();
	}

	/** TCP has connected, and the connection is held back. */
	public void begin() {
		this.protocol.begin();
	}

	/**
	 * Returns what the peer calls itself.
	 * @return its identity; {@code null} when it has not told
	 */
	public @Nullable String peerId() {
		return this.protocol.peerId();
	}

	/** The application is told of the connection. */
	public void opened() {
		this.protocol.opened();
	}

	/**
	 * Returns whether any request to the peer waits for its reply. Open to all threads.
	 * @return whether one does
	 */
	public boolean awaits() {
		return this.calls.await();
	}

	/**
	 * Looks at a payload. Called by the reading thread.
	 * @param payload the payload
	 * @return whether it was a request or a reply, so that nobody else gets it
	 */
	public boolean takes(Object payload) {
		RpcMessage message;
		try {
			message = this.protocol.read(payload);
		}
		catch (IllegalArgumentException ex) {
			this.link.malformed(new SocketOperationException(SocketErrorCode.MALFORMED_FRAME,
					this.link.connection() + " has received a malformed request or reply: " + FailureText.message(ex),
					ex));
			return true;
		}
		if (message instanceof RpcMessage.Request request) {
			requested(request, payload);
		}
		else if (message instanceof RpcMessage.Answer answer) {
			this.calls.answered(answer);
		}
		return message != null;
	}

	/**
	 * Looks at what could be decoded of a payload. Called by the reading thread.
	 * @param head the elements at its beginning
	 * @param cause what is wrong with the rest
	 * @return whether it was a request or a reply; its sender, or who waits for it, knows
	 */
	public boolean takesHead(List<@Nullable Object> head, SocketOperationException cause) {
		RpcMessage message = this.protocol.readHead(head);
		if (message instanceof RpcMessage.Request request && request.isAnswered()) {
			this.responder.refuse(request, SocketErrorCode.CODEC_FAILED, Refusals.undecodable("an argument"));
		}
		else if (message instanceof RpcMessage.Answer answer) {
			this.calls.undecodable(answer.returnCode(), cause);
		}
		return message != null;
	}

	private void requested(RpcMessage.Request request, Object payload) {
		Object key = Opcodes.key(request.opcode());
		Binding binding = this.bindings.find(key);
		if (binding == null) {
			binding = this.endpoint.bindings().find(key);
		}
		if (binding != null) {
			this.invocations.begin(new Invocation(this.invocations, this.responder, request, binding, payload));
		}
		else {
			this.responder.refuseUnknown(request);
		}
	}

	/**
	 * Some time has passed. Called about ten times a second, by any thread.
	 * @param now the time, as {@link RpcLink#nanos()}
	 */
	public void tick(long now) {
		this.calls.tick(now);
		this.invocations.tick(now, OutgoingCalls.atMostLongest(this.endpoint.requestTimeout()));
		this.protocol.tick(now);
	}

	/**
	 * Nothing more is read. Called by any thread, perhaps more than once.
	 * @param cause why; the first one stays
	 */
	public void ended(SocketOperationException cause) {
		this.calls.ended(cause);
	}

	/**
	 * Does something once all requests of the peer are answered.
	 * @param action what to do
	 */
	public void whenIdle(Runnable action) {
		this.invocations.whenIdle(action);
	}

	/** Interrupts the handlers of all requests of the peer. */
	public void interrupt() {
		this.invocations.interrupt();
	}

	@Override
	public void bind(Object opcode, RpcHandler handler) {
		this.bindings.bind(opcode, handler);
	}

	@Override
	public void unbind(Object opcode) {
		this.bindings.unbind(opcode);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(RpcCall call) {
		return (T) this.calls.execute(call);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> CompletableFuture<T> executeAsync(RpcCall call) {
		return (CompletableFuture<T>) this.calls.executeAsync(call);
	}

	@Override
	public long send(Object opcode, @Nullable Object... args) {
		return this.calls.send(RpcCall.of(opcode, args));
	}

	@Override
	public void tell(Object opcode, @Nullable Object... args) {
		this.calls.tell(RpcCall.of(opcode, args));
	}

	@Override
	public @Nullable Reply poll(Object returnCode, Duration timeout) {
		if (!timeout.isZero()) {
			this.calls.requireToWait();
		}
		return this.calls.polled().poll(returnCode, OutgoingCalls.atMostLongest(timeout));
	}

	boolean knows(Object returnCode) {
		return this.calls.polled().knows(returnCode);
	}

	@Override
	public void flush(Object returnCode) {
		this.calls.polled().replies().flush(Opcodes.number(returnCode));
	}

	@Override
	public void forget(Object returnCode) {
		this.calls.polled().replies().forget(Opcodes.number(returnCode));
	}

	@Override
	public void forgetAll() {
		this.calls.polled().replies().forgetAll();
	}

	@Override
	public String toString() {
		return "Peer of " + this.link.connection();
	}

}
