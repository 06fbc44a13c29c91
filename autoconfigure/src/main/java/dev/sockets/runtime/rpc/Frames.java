package dev.sockets.runtime.rpc;

import java.util.List;

/**
 * Frames of a stack trace between Java, which knows the class of a function, and peers
 * that know its file.
 */
final class Frames {

	private Frames() {
	}

	/**
	 * Makes a frame of what a peer has told.
	 * @param file path of the file
	 * @param line line in it
	 * @param function name of the function, after the name of its class perhaps
	 * @return the frame
	 */
	static StackTraceElement of(String file, int line, String function) {
		String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
		int dot = function.lastIndexOf('.');
		int suffix = name.lastIndexOf('.');
		String module = (suffix > 0) ? name.substring(0, suffix) : name;
		return new StackTraceElement((dot > 0) ? function.substring(0, dot) : module,
				(dot > 0) ? function.substring(dot + 1) : function, name, line);
	}

	/**
	 * Returns what a peer is told of a frame.
	 * @param frame the frame
	 * @return file, line, function and an empty text, as the source is not known
	 */
	static List<Object> fields(StackTraceElement frame) {
		String file = frame.getFileName();
		return List.of((file != null) ? file : "", Math.max(frame.getLineNumber(), 0),
				frame.getClassName() + "." + frame.getMethodName(), "");
	}

}
