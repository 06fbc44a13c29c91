package dev.sockets.runtime.rpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.rpc.RpcCall;

/**
 * Our own wire: arrays that begin with what they are. Any codec that knows arrays, maps
 * and {@code null} can carry it, best one that knows bytes too. Specified in
 * {@code docs/rpc-protocol.md}.
 */
public final class ArrayProtocol implements RpcProtocol {

	private static final int VERSION = 1;

	private static final int HELLO = 0;

	private static final int REQUEST = 1;

	private static final int TELL = 2;

	private static final int RESULT = 3;

	private static final int FAILURE = 4;

	private final RpcLink link;

	private boolean greeted;

	/**
	 * Creates the protocol of a connection.
	 * @param link the connection
	 */
	public ArrayProtocol(RpcLink link) {
		this.link = link;
	}

	@Override
	public @Nullable RpcMessage read(Object payload) {
		if (!(payload instanceof List<?> fields) || fields.isEmpty() || !(fields.get(0) instanceof Integer kind)) {
			return null;
		}
		return switch (kind) {
			case HELLO -> greet();
			case REQUEST -> request(fields);
			case TELL -> new RpcMessage.Request(null, false, ArrayFields.opcode(fields, 1), ArrayFields.args(fields, 2),
					ArrayFields.kwargs(fields, 3));
			case RESULT -> new RpcMessage.Result(ArrayFields.field(fields, 1), ArrayFields.field(fields, 2));
			case FAILURE ->
				new RpcMessage.Failure(ArrayFields.field(fields, 1), new ErrorReport(ArrayFields.text(fields, 2),
						ArrayFields.text(fields, 3), ArrayFields.frames(fields)));
			default -> throw new IllegalArgumentException("version " + VERSION + " knows no message of kind " + kind);
		};
	}

	@Override
	public @Nullable RpcMessage readHead(List<@Nullable Object> head) {
		if (head.size() < 2 || !(head.get(0) instanceof Integer kind)) {
			return null;
		}
		return switch (kind) {
			case REQUEST -> new RpcMessage.Request(head.get(1), true, "", List.of(), Map.of());
			case TELL -> new RpcMessage.Request(null, false, "", List.of(), Map.of());
			case RESULT, FAILURE -> new RpcMessage.Result(head.get(1), null);
			default -> null;
		};
	}

	private RpcMessage greet() {
		if (!this.greeted) {
			this.greeted = true;
			this.link.send(Arrays.asList(HELLO, Map.of("version", VERSION)), false, null);
		}
		return RpcMessage.CONSUMED;
	}

	/** A peer that gets no answer waits, so it is told even of what is malformed. */
	private RpcMessage request(List<?> fields) {
		try {
			return new RpcMessage.Request(ArrayFields.field(fields, 1), true, ArrayFields.opcode(fields, 2),
					ArrayFields.args(fields, 3), ArrayFields.kwargs(fields, 4));
		}
		catch (IllegalArgumentException ex) {
			if (fields.size() > 1) {
				tell(fields.get(1), ex);
			}
			throw ex;
		}
	}

	/**
	 * A return code may be too long to be sent back, which is no fault of the connection.
	 */
	private void tell(@Nullable Object returnCode, IllegalArgumentException fault) {
		try {
			this.link.send(failure(returnCode, new ErrorReport("TypeError", String.valueOf(fault.getMessage()))), false,
					null);
		}
		catch (SocketOperationException ex) {
			fault.addSuppressed(ex);
		}
	}

	@Override
	public Object request(long returnCode, RpcCall call) {
		return Arrays.asList(REQUEST, returnCode, call.opcode(), call.args(), call.kwargs());
	}

	@Override
	public Object tell(long returnCode, RpcCall call) {
		return Arrays.asList(TELL, call.opcode(), call.args(), call.kwargs());
	}

	@Override
	public Object result(@Nullable Object returnCode, @Nullable Object value) {
		return Arrays.asList(RESULT, returnCode, value);
	}

	@Override
	public Object failure(@Nullable Object returnCode, ErrorReport error) {
		List<List<Object>> frames = new ArrayList<>();
		error.frames().forEach((frame) -> frames.add(Frames.fields(frame)));
		Collections.reverse(frames);
		return Arrays.asList(FAILURE, returnCode, error.type(), error.message(), frames);
	}

}
