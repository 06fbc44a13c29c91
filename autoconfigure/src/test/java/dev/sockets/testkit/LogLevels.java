package dev.sockets.testkit;

import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Gives loggers the levels back that they had before the tests of a class: applications
 * that were started there may have changed them, and tests that follow in the same JVM
 * would be slowed by what they log. Registered for all tests.
 */
public final class LogLevels implements BeforeAllCallback, AfterAllCallback {

	private static final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Map<String, @Nullable Level> levels = new HashMap<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		if (isOutermost(context)) {
			this.levels.clear();
			loggers.getLoggerList().forEach((logger) -> this.levels.put(logger.getName(), logger.getLevel()));
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (isOutermost(context)) {
			for (Logger logger : loggers.getLoggerList()) {
				logger.setLevel(this.levels.get(logger.getName()));
			}
		}
	}

	private static boolean isOutermost(ExtensionContext context) {
		return context.getRequiredTestClass().getEnclosingClass() == null;
	}

}
