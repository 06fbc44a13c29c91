package dev.sockets.autoconfigure.properties;

import dev.sockets.InvalidSettingException;

/**
 * The threads that run handlers which the event loops don't.
 */
public enum HandlerThreads {

	/** Virtual threads where the JVM has them, else platform threads. */
	AUTO,

	/** A virtual thread for each hand-over; needs Java 21. */
	VIRTUAL,

	/** A pool of platform threads. */
	PLATFORM;

	public boolean areVirtual(boolean jvmHasThem) {
		if (this == VIRTUAL && !jvmHasThem) {
			throw new InvalidSettingException("sockets.threads", "virtual",
					"auto or platform before Java 21, which has no virtual threads");
		}
		return this != PLATFORM && jvmHasThem;
	}

}
