package dev.sockets.runtime.rpc;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.codec.Tuple;
import dev.sockets.rpc.RpcCall;

/**
 * The wire of programs that use TCPTalks, on one connection. Needs a codec that tells
 * tuples from lists, and texts from bytes.
 */
final class TcptalksProtocol implements RpcProtocol {

	/** Names of parameters of theirs: an argument of such a name ends their thread. */
	private static final Set<String> FORBIDDEN = Set.of("opcode", "retcode", "self");

	/** The return code of all requests whose replies are dropped. */
	private static final long TOLD = 0xFFFFFFFFL;

	private final RpcLink link;

	private final String id;

	private final TcptalksHandshake handshake;

	private final TcptalksEarlyRequests early;

	TcptalksProtocol(RpcLink link, String id, TcptalksHandshake handshake) {
		this.link = link;
		this.id = id;
		this.handshake = handshake;
		this.early = new TcptalksEarlyRequests(link);
	}

	@Override
	public boolean holds() {
		return true;
	}

	@Override
	public void begin() {
		this.handshake.begin();
	}

	@Override
	public void opened() {
		this.early.opened();
	}

	@Override
	public void tick(long now) {
		this.handshake.tick(now);
		this.early.tick(now);
	}

	@Override
	public @Nullable String peerId() {
		return this.handshake.peerId();
	}

	@Override
	public @Nullable RpcMessage read(Object payload) {
		RpcMessage message = null;
		IllegalArgumentException fault = null;
		try {
			message = parse(payload);
		}
		catch (IllegalArgumentException ex) {
			fault = ex;
		}
		if (this.handshake.takes(message)) {
			return RpcMessage.CONSUMED;
		}
		if (fault != null) {
			tell(payload, fault);
			throw fault;
		}
		return (message != null && isOfTheWire(message)) ? RpcMessage.CONSUMED : message;
	}

	private static @Nullable RpcMessage parse(Object payload) {
		if (TcptalksMessages.isRequest(payload)) {
			return TcptalksMessages.parseRequest((List<?>) payload);
		}
		return TcptalksMessages.isReply(payload) ? TcptalksMessages.parseReply((List<?>) payload) : null;
	}

	@Override
	public @Nullable RpcMessage readHead(List<@Nullable Object> head) {
		if (head.size() > 2 && TcptalksMessages.isRequest(head)) {
			return new RpcMessage.Request(head.get(2), true, "", List.of(), Map.of());
		}
		return (head.size() > 1 && TcptalksMessages.isReply(head)) ? new RpcMessage.Result(head.get(1), null) : null;
	}

	/** A peer that gets no answer waits, so it is told even of what is malformed. */
	private void tell(Object payload, IllegalArgumentException fault) {
		if (TcptalksMessages.isRequest(payload) && payload instanceof List<?> fields && fields.size() == 5) {
			send(failure(TcptalksMessages.returnCode(fields),
					new ErrorReport("TypeError", String.valueOf(fault.getMessage()))));
		}
	}

	private boolean isOfTheWire(RpcMessage message) {
		if (message instanceof RpcMessage.Answer answer) {
			return this.early.sendsAgain(answer) || Long.valueOf(TOLD).equals(Opcodes.number(answer.returnCode()));
		}
		if (message instanceof RpcMessage.Request request
				&& Long.valueOf(TcptalksMessages.IDENTITY).equals(Opcodes.number(request.opcode()))) {
			send(result(request.returnCode(), this.id));
			return true;
		}
		return false;
	}

	/** A return code may be too long to be sent back, which is no fault of this side. */
	private void send(Object payload) {
		try {
			this.link.sendUnseen(payload);
		}
		catch (SocketOperationException ex) {
			this.link.failed(ex.getCode());
		}
	}

	@Override
	public Object request(long returnCode, RpcCall call) {
		Tuple payload = payload(returnCode, call);
		this.early.add(returnCode, payload);
		return payload;
	}

	@Override
	public Object tell(long returnCode, RpcCall call) {
		return this.early.areOver() ? payload(TOLD, call) : request(returnCode, call);
	}

	private static Tuple payload(long returnCode, RpcCall call) {
		call.kwargs().keySet().stream().filter(FORBIDDEN::contains).findFirst().ifPresent((name) -> {
			throw new IllegalArgumentException("TCPTalks can have no argument named '" + name + "'");
		});
		return TcptalksMessages.request(returnCode, call.opcode(), Tuple.copyOf(call.args()), call.kwargs());
	}

	/** An empty tuple would be no result to their {@code execute}. */
	@Override
	public Object result(@Nullable Object returnCode, @Nullable Object value) {
		return TcptalksMessages.reply(returnCode,
				(value instanceof Tuple tuple && tuple.isEmpty()) ? List.of() : value);
	}

	@Override
	public Object failure(@Nullable Object returnCode, ErrorReport error) {
		return TcptalksMessages.reply(returnCode, TcptalksErrors.write(error));
	}

}
