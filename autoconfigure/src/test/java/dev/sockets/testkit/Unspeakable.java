package dev.sockets.testkit;

import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * An exception that throws itself from wherever it is looked at.
 */
public final class Unspeakable extends RuntimeException {

	@Override
	public String getMessage() {
		throw this;
	}

	@Override
	public String getLocalizedMessage() {
		throw this;
	}

	@Override
	public String toString() {
		throw this;
	}

	@Override
	public StackTraceElement[] getStackTrace() {
		throw this;
	}

	@Override
	public void printStackTrace(PrintWriter writer) {
		throw this;
	}

	@Override
	public void printStackTrace(PrintStream stream) {
		throw this;
	}

}
