package dev.sockets.tcp;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.Codec;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.Framing;
import dev.sockets.rpc.RpcConnection;

/**
 * An open TCP connection. Usable from any thread.
 */
public interface Connection extends RpcConnection, RequestOperations {

	/**
	 * Returns the peer's address.
	 * @return the address, also after the connection was closed
	 */
	@Override
	InetSocketAddress getRemoteAddress();

	/**
	 * Returns when the connection was established.
	 * @return the time
	 */
	Instant getOpenedAt();

	/**
	 * Returns who the peer has shown to be: who the {@link SocketAuthenticator} of the
	 * server says, or the subject of the certificate that the peer has for TLS.
	 * @return who it is; empty when it has shown neither
	 */
	Optional<Principal> getPrincipal();

	/**
	 * Says who or what the peer of a server's connection is, such as the number by which
	 * a device has logged in, so that {@link TcpServer#find(String)} finds it and
	 * {@link TcpServer#user(String)} sends to it. To be called when the peer has shown
	 * that, by its {@link ConnectionHandshake} or by a handler of its messages. What
	 * becomes of another connection that has this name, {@code session.duplicate} says; a
	 * connection that had another name has this one instead. The name is free again when
	 * the connection ends.
	 * @param name the name, any text of 1 to 255 bytes of UTF-8 that is not blank
	 * @throws IllegalArgumentException when it can be no name
	 * @throws dev.sockets.SocketOperationException when it is not bound: with code
	 * {@code SESSION_TAKEN} when another open connection has this name and is to keep it,
	 * or as {@link #send(Object)} when this connection has ended
	 * @throws IllegalStateException when this is the connection of a client
	 */
	void bind(String name);

	/**
	 * Gives the name back that this connection was {@linkplain #bind(String) bound} to,
	 * as when a device has logged out and the connection stays; without a name it does
	 * nothing.
	 */
	void unbind();

	/**
	 * Returns what this connection was {@linkplain #bind(String) bound} to.
	 * @return the name, also after the connection was closed; empty when it is not bound
	 */
	Optional<String> getBoundName();

	/**
	 * Returns whose connection this is, see {@link TcpServer#user(String)}: the name that
	 * it is {@linkplain #bind(String) bound} to, or else that of its
	 * {@linkplain #getPrincipal() principal}, unless that has more than 255 bytes.
	 * @return the user, also after the connection was closed; empty when it has none
	 */
	Optional<String> getUser();

	/**
	 * Returns which groups of its server this connection is in, see
	 * {@link TcpServer#group(String)}.
	 * @return a snapshot of their names; empty when the connection has ended
	 */
	Set<String> getGroups();

	/**
	 * Returns what went over this connection.
	 * @return an immutable snapshot
	 */
	ConnectionStatistics getStatistics();

	/**
	 * Sends a message and waits until the socket has taken it. Called by a handler of a
	 * message of this very connection it does not wait: the replies to all messages of
	 * one read leave in one write, in order, right after the last of these handlers
	 * returns, or sooner when one of them takes long.
	 * @param payload what to send; the endpoint's codec must know how to encode it
	 * @throws dev.sockets.SocketOperationException when the message is not sent: with
	 * code {@code NOT_CONNECTED}, {@code CODEC_FAILED}, {@code FRAME_TOO_LARGE},
	 * {@code MALFORMED_FRAME}, {@code SLOW_CONSUMER} or {@code WRITE_TIMEOUT}
	 */
	void send(@Nullable Object payload);

	/**
	 * Sends a message without waiting.
	 * @param payload what to send; the endpoint's codec must know how to encode it
	 * @return completed when the socket has taken the message, or exceptionally with a
	 * {@link dev.sockets.SocketOperationException}; its dependents may run on a loop
	 * thread
	 */
	CompletableFuture<Void> sendAsync(@Nullable Object payload);

	/**
	 * Waits for the next message that answers no earlier request, as
	 * {@link #requestAsync(Object)} does, but sends nothing: so that a
	 * {@link ConnectionHandshake} may let the peer speak first. Not limited to that, but
	 * once the application knows of a connection its messages go to handlers anyway.
	 * @param <T> class of the message
	 * @return completed with the payload of the message, or exceptionally as
	 * {@link #request(Object, Duration)}; its dependents may run on a loop thread
	 */
	<T extends @Nullable Object> CompletableFuture<T> receiveAsync();

	/**
	 * Sends bytes past framing and codec, and waits like {@link #send(Object)}.
	 * @param bytes what to send, not to be changed afterwards
	 * @throws dev.sockets.SocketOperationException when the bytes are not sent
	 */
	void sendRaw(byte[] bytes);

	/**
	 * Has TLS begin on a connection that is plain so far, by
	 * {@code ssl.start: on-demand}. What was sent before leaves as it is; what is sent
	 * from now on is encrypted, and waits until both sides have agreed. So a server sends
	 * what tells its client to go ahead before it calls this, and does not return it.
	 *
	 * <p>
	 * The first byte that is not consumed yet is the first one of TLS. A handler of a
	 * message that calls this before it returns is sure of that in every
	 * {@code dispatch}: it is the byte behind its message, as until TLS begins nothing is
	 * looked at before the message in front of it was handled. Who calls it elsewhere has
	 * to know that the peer sends nothing meanwhile, as it is after the answer to a
	 * request. What is no TLS there ends the connection, however early it came: nothing
	 * that somebody has put behind the command is taken for what comes after it.
	 *
	 * <p>
	 * Handlers, events and requests are the same before and after. A failure, or a
	 * handshake that takes longer than {@code ssl.handshake-timeout}, closes the
	 * connection with reason {@code TLS}. Calling it again begins nothing anew.
	 * @return a new future with each call, completed when both sides have agreed and who
	 * the peer is is known, or exceptionally with a
	 * {@link dev.sockets.SocketOperationException}, with code {@code TLS_FAILED} when
	 * they could not; its dependents may run on a loop thread. There is no need to wait
	 * for it, and a handler may do so only as for {@link #requestAsync(Object)}
	 * @throws IllegalStateException when the endpoint has no {@code ssl.bundle}, or its
	 * connections are encrypted from their beginning
	 */
	CompletableFuture<Void> startTls();

	/**
	 * Goes on to messages of another kind: a log-in by lines, for example, and binary
	 * messages then. What is sent from now on is encoded by these; what was sent before
	 * is not changed. What is received is told apart by these from the first byte that is
	 * not consumed yet: for the handler of a message that calls this before it returns it
	 * is the one behind its message, in every {@code dispatch}, and for a
	 * {@link ConnectionHandshake} the one behind the last message that it has asked for.
	 *
	 * <p>
	 * Everything else stays: {@code max-frame-size}, deadlines, the heartbeat, which is
	 * sent by this framing. The endpoint's goodbye message is not sent any more. A
	 * client's next connection begins with the framing and codec of the endpoint again.
	 * @param framing how messages are told apart
	 * @param codec what the bytes of a message mean
	 * @throws IllegalStateException when messages may have been looked for already that
	 * are behind the one that is handled: without {@code read-ahead: false} or
	 * {@code dispatch: loop}, but for a {@code ConnectionHandshake}; or when messages are
	 * requests by opcode
	 * @throws dev.sockets.InvalidSettingException when the framing cannot carry the
	 * heartbeat
	 */
	void switchFraming(Framing framing, Codec codec);

	/**
	 * Ends the output of this side, for peers that answer when there is nothing more to
	 * come: what was sent before leaves, and then the peer is told of the end. What the
	 * peer sends is received as before, and requests that were sent get their answers;
	 * what is sent from now on fails with code {@code OUTPUT_CLOSED}, also the reply of
	 * the handler that calls this. No heartbeats are sent any more. The connection is
	 * closed with reason {@code REMOTE} when the peer ends its side too, or by
	 * {@link #close()} or a deadline before that.
	 *
	 * <p>
	 * By TLS the end is a {@code close_notify} and that of the socket. By TLS 1.3 the
	 * peer may still send what it likes. By TLS 1.2 it has to answer by its own end at
	 * once, and many a peer does, so what it has not sent until then is missing: look
	 * before you do this without 1.3.
	 * @return a new future with each call, completed when the socket has taken everything
	 * and the end, or exceptionally when the connection has ended before; its dependents
	 * may run on a loop thread
	 */
	CompletableFuture<Void> closeOutput();

	/**
	 * Stops reading until {@link #resumeReading()}: no further message is delivered, and
	 * the peer is slowed down by TCP. Messages handed to another thread already are still
	 * delivered.
	 */
	void pauseReading();

	/**
	 * Goes on reading after {@link #pauseReading()}.
	 */
	void resumeReading();

	/**
	 * Returns why the connection ends, as soon as it has: when all that was received is
	 * handled and the listeners of its {@code DisconnectedEvent} have returned. So a
	 * handler of this connection is not to wait for it.
	 * @return a new future with each call, completed in any case and never exceptionally;
	 * its dependents may run on a loop thread. One that is asked for while the connection
	 * is open lives as long as that, also when it was cancelled
	 */
	CompletableFuture<DisconnectReason> closed();

	/**
	 * Closes the connection as {@link #close()} does, on behalf of an operator rather
	 * than of the application: with reason {@code KICKED}. A client connects again.
	 */
	void kick();

}
