package dev.sockets.runtime.rpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

/**
 * Errors as TCPTalks has them: a tuple of an exception's class, the exception, and the
 * frames of its stack, the outermost call first. Only classes that each Python has are
 * sent: one that lacks a class would hear nothing more.
 */
final class TcptalksErrors {

	private static final String OTHER = "RuntimeError";

	private static final Set<String> BUILT_IN = Set.of("ArithmeticError", "AssertionError", "AttributeError",
			"BlockingIOError", "BrokenPipeError", "BufferError", "ChildProcessError", "ConnectionAbortedError",
			"ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "EOFError", "Exception",
			"FileExistsError", "FileNotFoundError", "FloatingPointError", "ImportError", "IndexError",
			"InterruptedError", "IsADirectoryError", "KeyError", "LookupError", "MemoryError", "NameError",
			"NotADirectoryError", "NotImplementedError", "OSError", "OverflowError", "PermissionError",
			"ProcessLookupError", "RecursionError", "ReferenceError", OTHER, "SyntaxError", "SystemError",
			"TimeoutError", "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError");

	private TcptalksErrors() {
	}

	static Tuple write(ErrorReport error) {
		boolean known = BUILT_IN.contains(error.type());
		String message = known ? error.message() : error.type() + ": " + error.message();
		List<Tuple> frames = new ArrayList<>();
		error.frames().forEach((frame) -> frames.add(Tuple.copyOf(Frames.fields(frame))));
		Collections.reverse(frames);
		return Tuple.of(PickledObject.named("builtins", known ? error.type() : OTHER), message, frames);
	}

	/**
	 * Understands a result as an error.
	 * @param result what a peer has answered
	 * @return the error; {@code null} when it is none
	 */
	static @Nullable ErrorReport read(@Nullable Object result) {
		if (result instanceof Tuple triple && triple.size() == 3 && triple.get(0) instanceof PickledObject type
				&& type.kind() == PickledObject.Kind.NAME && isException(type, triple.get(1))) {
			List<?> stack = stack(triple.get(2));
			return (stack != null) ? new ErrorReport(name(type), message(triple.get(1)), frames(stack)) : null;
		}
		return null;
	}

	/**
	 * A program that uses TCPTalks asks the class whether it is one of exceptions, and
	 * does not look at the value. Only Python knows that of a class that is not its own:
	 * there the value tells, which is the exception or its text, and not mere data.
	 */
	private static boolean isException(PickledObject type, @Nullable Object value) {
		if (isBuiltIn(type)) {
			String name = type.name();
			return name.equals("Exception") || name.endsWith("Error") || name.endsWith("Warning")
					|| name.equals("ExceptionGroup") || name.equals("StopIteration")
					|| name.equals("StopAsyncIteration");
		}
		return !(value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[]
				|| value instanceof Collection || value instanceof Map);
	}

	private static boolean isBuiltIn(PickledObject type) {
		return type.module().equals("builtins") || type.module().equals("exceptions");
	}

	private static String name(PickledObject type) {
		return isBuiltIn(type) ? type.name() : type.type();
	}

	private static String message(@Nullable Object exception) {
		return (exception instanceof PickledObject object)
				? object.args().stream().map(String::valueOf).collect(Collectors.joining(", "))
				: String.valueOf(exception);
	}

	private static @Nullable List<?> stack(@Nullable Object stack) {
		if (stack instanceof PickledObject summary && summary.type().equals("traceback.StackSummary")) {
			return summary.items();
		}
		return (stack instanceof List<?> list) ? list : null;
	}

	private static List<StackTraceElement> frames(List<?> stack) {
		List<StackTraceElement> frames = new ArrayList<>();
		for (Object frame : stack) {
			if (frame instanceof List<?> fields && fields.size() >= 3) {
				frames.add(frame(fields.get(0), fields.get(1), fields.get(2)));
			}
			else if (frame instanceof PickledObject summary && slots(summary.state()) instanceof Map<?, ?> slots) {
				frames.add(frame(slots.get("filename"), slots.get("lineno"), slots.get("name")));
			}
		}
		Collections.reverse(frames);
		return frames;
	}

	/** Python gives the fields of a class with slots as the second of two states. */
	private static @Nullable Object slots(@Nullable Object state) {
		return (state instanceof Tuple states && states.size() == 2) ? states.get(1) : state;
	}

	private static StackTraceElement frame(@Nullable Object file, @Nullable Object line, @Nullable Object function) {
		return Frames.of(String.valueOf(file), (line instanceof Number number) ? number.intValue() : -1,
				String.valueOf(function));
	}

	/**
	 * Returns whether a peer has answered that it does not know yet who asks: it has sent
	 * that the password is right a moment before it has noted so itself.
	 */
	static boolean isTooEarly(RpcMessage.Answer answer) {
		return answer instanceof RpcMessage.Failure failure && (failure.error().type().equals("AuthentificationError")
				|| failure.error().type().endsWith(".AuthentificationError"));
	}

}
