package dev.sockets.runtime.rpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
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
			case TELL -> new RpcMessage.Request(null, false, opcode(fields, 1), args(fields, 2), kwargs(fields, 3));
			case RESULT -> new RpcMessage.Result(field(fields, 1), field(fields, 2));
			case FAILURE -> new RpcMessage.Failure(field(fields, 1),
					new ErrorReport(text(fields, 2), text(fields, 3), frames(fields)));
			default -> throw new IllegalArgumentException("version " + VERSION + " knows no message of kind " + kind);
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
			return new RpcMessage.Request(field(fields, 1), true, opcode(fields, 2), args(fields, 3),
					kwargs(fields, 4));
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

	private static @Nullable Object field(List<?> fields, int index) {
		if (index >= fields.size()) {
			throw new IllegalArgumentException(
					"a message of kind " + fields.get(0) + " ends after " + fields.size() + " fields");
		}
		return fields.get(index);
	}

	private static Object opcode(List<?> fields, int index) {
		Object opcode = field(fields, index);
		if (opcode instanceof String || opcode instanceof byte[]
				|| (opcode != null && Opcodes.number(opcode) != null)) {
			return opcode;
		}
		throw new IllegalArgumentException("an opcode is a whole number, a text or bytes");
	}

	private static List<@Nullable Object> args(List<?> fields, int index) {
		if (index >= fields.size()) {
			return List.of();
		}
		if (fields.get(index) instanceof List<?> args) {
			return Collections.unmodifiableList(args);
		}
		throw new IllegalArgumentException("the arguments are no array");
	}

	private static Map<String, @Nullable Object> kwargs(List<?> fields, int index) {
		if (index >= fields.size()) {
			return Map.of();
		}
		if (fields.get(index) instanceof Map<?, ?> kwargs) {
			Map<String, @Nullable Object> named = new LinkedHashMap<>();
			kwargs.forEach((name, value) -> named.put(String.valueOf(name), value));
			return Collections.unmodifiableMap(named);
		}
		throw new IllegalArgumentException("the named arguments are no map");
	}

	private static String text(List<?> fields, int index) {
		return (index < fields.size() && fields.get(index) != null) ? String.valueOf(fields.get(index)) : "";
	}

	private static List<StackTraceElement> frames(List<?> fields) {
		List<StackTraceElement> frames = new ArrayList<>();
		if (fields.size() > 4 && fields.get(4) instanceof List<?> all) {
			for (Object one : all) {
				if (one instanceof List<?> frame && frame.size() >= 3 && frame.get(1) instanceof Number line) {
					frames.add(Frames.of(text(frame, 0), line.intValue(), text(frame, 2)));
				}
			}
		}
		Collections.reverse(frames);
		return frames;
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
