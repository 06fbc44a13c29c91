package dev.sockets.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What a logger is told, whatever becomes of it.
 */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger;

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	/**
	 * Listens to a logger.
	 * @param name its name
	 */
	public LogLines(String name) {
		this.logger = (Logger) LoggerFactory.getLogger(name);
		this.logger.addAppender(this);
		start();
	}

	/**
	 * Sets the level of the logger.
	 * @param level the level; {@code null} for that of its parent
	 */
	public void level(Level level) {
		this.logger.setLevel(level);
	}

	/**
	 * Returns what it was told so far.
	 * @return the messages, each after its level
	 */
	public List<String> all() {
		return List.copyOf(this.lines);
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getLevel() + " " + event.getFormattedMessage());
	}

	@Override
	public void close() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this);
	}

}
