package dev.sockets.runtime.handshake;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake needs of the connection that it goes over. Called by who reads, but
 * for what says that it is open to all threads.
 */
public interface HandshakeLink {

	/**
	 * Returns the peer's address.
	 * @return the address
	 */
	InetSocketAddress remoteAddress();

	/**
	 * Returns what stands for all addresses that count as one peer with the peer's.
	 * @return an address of its network, or its own
	 */
	InetAddress network();

	/**
	 * Sends a frame without waiting. The application is not told of it. Open to all
	 * threads.
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
	 * Reads nothing more until the end of the handshake, for which this side is waited
	 * from now on, not the peer.
	 */
	void suspend();

	/**
	 * Returns whether the end of the handshake is of any use. Open to all threads.
	 * @return {@code false} when the connection ends, or its address was banned
	 */
	boolean isAwaited();

	/**
	 * The peer has shown that it belongs here. Asked before it is told so, and before the
	 * end. Open to all threads.
	 * @return {@code false} when it is not let in all the same, as its address was banned
	 * meanwhile or the handshake has ended: it is to be told nothing then
	 */
	boolean admit();

	/**
	 * Says who the peer is. Open to all threads; called before the end.
	 * @param principal who it is
	 */
	void authenticated(Principal principal);

	/**
	 * Whether the peer belongs here could not be found out: it is turned away, which is
	 * not its fault. Open to all threads; the first end counts.
	 * @param failure why it could not
	 */
	void giveUp(Throwable failure);

	/**
	 * The handshake has ended; the first end counts. Open to all threads.
	 * @param failure why the connection is not for the application; {@code null} when it
	 * is
	 */
	void end(@Nullable Throwable failure);

}
