package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Ends a connection over which bytes 04 (EOT) have come and nothing else: so programs
 * that use jfSocket say that they are gone, perhaps long before they close.
 */
public final class EotHook implements FrameHook {

	private static final byte EOT = 0x04;

	private EotHook() {
	}

	/**
	 * Returns what ends the connections of an endpoint.
	 * @param settings how they behave
	 * @return the hook; {@code null} when EOT means nothing
	 */
	public static @Nullable EotHook of(ConnectionSettings settings) {
		return settings.closeOnEot() ? new EotHook() : null;
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		if (!isEot(frame)) {
			return false;
		}
		connection.reader().delivery().tell(() -> connection.close(DisconnectReason.REMOTE, null));
		return true;
	}

	private static boolean isEot(FrameWindow frame) {
		byte[] array = frame.frameArray();
		int start = frame.frameStart();
		int end = start + frame.frameLength();
		for (int i = start; i < end; i++) {
			if (array[i] != EOT) {
				return false;
			}
		}
		return start < end;
	}

}
