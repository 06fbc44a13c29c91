package dev.sockets.runtime.rpc;

import java.util.List;

/**
 * An error as it travels.
 *
 * @param type its name, such as ValueError
 * @param message its message; empty for none
 * @param frames where it happened, the innermost call first; empty when that is not told
 */
public record ErrorReport(String type, String message, List<StackTraceElement> frames) {

	public ErrorReport {
		frames = List.copyOf(frames);
	}

	ErrorReport(String type, String message) {
		this(type, message, List.of());
	}

}
