package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * Tells which version of this library runs.
 */
public final class SocketsVersion {

	private SocketsVersion() {
	}

	/**
	 * Returns the version.
	 * @return the version as the jar says it, such as {@code 1.0.0}; {@code null} when
	 * the classes come from no jar, or the jar has lost its manifest
	 */
	public static @Nullable String getVersion() {
		return SocketsVersion.class.getPackage().getImplementationVersion();
	}

}
