package dev.sockets.testkit;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Makes all logging throw an error until it is closed.
 */
public final class ThrowingLog extends Handler implements AutoCloseable {

	private final Logger root = Logger.getLogger("");

	public ThrowingLog() {
		this.root.addHandler(this);
	}

	@Override
	public void publish(LogRecord record) {
		throw new AssertionError("The log throws, as it was told to");
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
		this.root.removeHandler(this);
	}

}
