package dev.sockets.runtime.handshake;

import java.time.Duration;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake needs of the connection that it goes over. Called by who reads, but
 * for {@link #end}, which is open to all threads.
 */
public interface HandshakeLink {

	/**
	 * Sends a frame without waiting. The application is not told of it.
	 * @param payload what to send
	 */
	void send(byte[] payload);

	/**
	 * Allows less time than the settings of the endpoint do. Called when the handshake
	 * begins.
	 * @param timeout how long it may take at most
	 */
	void limitTime(Duration timeout);

	/**
	 * Allows shorter frames than the settings of the endpoint do. Called when the
	 * handshake begins.
	 * @param maxFrameSize longest payload in bytes
	 */
	void limitFrames(int maxFrameSize);

	/**
	 * Returns the TLS that the connection goes over.
	 * @return its session; {@code null} when there is none
	 */
	@Nullable SSLSession tlsSession();

	/**
	 * The handshake has ended; the first end counts.
	 * @param failure why the connection is not for the application; {@code null} when it
	 * is
	 */
	void end(@Nullable Throwable failure);

}
