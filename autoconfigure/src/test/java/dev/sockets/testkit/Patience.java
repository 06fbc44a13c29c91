package dev.sockets.testkit;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what has to happen. Registered for all of them as a service:
 * where things are quick it costs nothing, and a machine that is busy with something else
 * fails none of them.
 */
public final class Patience implements BeforeAllCallback {

	/** Long for a machine, and shorter than the time-out of a test. */
	public static final Duration SOON = Duration.ofSeconds(30);

	/** Makes it the default of each wait in this JVM. */
	public static void begin() {
		Awaitility.setDefaultTimeout(SOON);
		Awaitility.setDefaultPollDelay(Duration.ofMillis(1));
		Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		begin();
	}

}
