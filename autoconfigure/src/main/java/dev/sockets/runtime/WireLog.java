package dev.sockets.runtime;

import java.nio.ByteBuffer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.CommonSettings;

/**
 * The bytes that go over the wire of one endpoint, in the log {@code sockets.wire.<name>}
 * as hexadecimal digits and as text. An entry is for what one read or one write has
 * moved: it shows the first {@value #SHORT} bytes of that, and {@value #LONG} at level
 * trace. Usable from any thread.
 */
public final class WireLog {

	private static final int SHORT = 256;

	private static final int LONG = 4096;

	private final Log logger;

	private final boolean always;

	/**
	 * Creates a log.
	 * @param endpoint name of the endpoint
	 * @param settings say whether to log whatever the level of the log is: at level info
	 * then
	 */
	public WireLog(String endpoint, CommonSettings settings) {
		this.logger = LogFactory.getLog("sockets.wire." + endpoint);
		this.always = settings.wireLog();
	}

	/**
	 * Returns whether bytes are logged now.
	 * @return whether to call the other methods
	 */
	public boolean isOn() {
		return this.always || isDebugEnabled();
	}

	private boolean isDebugEnabled() {
		try {
			return this.logger.isDebugEnabled();
		}
		catch (Throwable ex) {
			return false;
		}
	}

	/**
	 * Logs what has come.
	 * @param peer whom it has come from
	 * @param bytes what has come; not changed
	 */
	public void received(@Nullable Object peer, ByteBuffer bytes) {
		log("received %d bytes from ", peer, bytes);
	}

	/**
	 * Logs what the system has taken to send it.
	 * @param peer whom it is for
	 * @param bytes what was taken; not changed
	 */
	public void sent(Object peer, ByteBuffer bytes) {
		log("sent %d bytes to ", peer, bytes);
	}

	/** A log that fails is not to harm who sends or receives. */
	private void log(String what, @Nullable Object peer, ByteBuffer bytes) {
		try {
			String entry = what.formatted(bytes.remaining()) + peer + ": "
					+ WireText.of(bytes, this.logger.isTraceEnabled() ? LONG : SHORT);
			if (this.logger.isDebugEnabled()) {
				this.logger.debug(entry);
			}
			else {
				this.logger.info(entry);
			}
		}
		catch (Throwable ex) {
			// There is nobody else to be told.
		}
	}

}
