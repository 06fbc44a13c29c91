package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.Caller;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.loop.stream.UnsentReason;
import dev.sockets.runtime.Promise;

/**
 * Sends the messages of one connection: encodes each on the sender's thread and gives the
 * frame to the channel. Open to all threads. Whether a sender waits for the peer, or its
 * frame for the end of a batch, depends on what it is to the channel, see {@link Caller}.
 */
public final class ConnectionWriter {

	/** The most bytes that a thread has room for when it has encoded a message. */
	private static final int MOST_KEPT = 64 * 1024;

	private static final ThreadLocal<FrameOutput> scratch = ThreadLocal.withInitial(() -> new FrameOutput(4096));

	private final DefaultConnection connection;

	private final ConnectionContext context;

	private final StreamChannel channel;

	ConnectionWriter(DefaultConnection connection, ConnectionContext context, StreamChannel channel) {
		this.connection = connection;
		this.context = context;
		this.channel = channel;
	}

	/**
	 * Sends a message, and waits for the socket to take it if the calling thread may.
	 * @param payload what to send; {@code Optional.empty()} in place of null
	 * @throws SocketOperationException when it was not sent
	 */
	void send(Object payload) {
		SendLine line = this.connection.protocol().sendLine();
		if (line != null) {
			line.send(this.connection, payload);
			return;
		}
		Caller caller = this.channel.caller();
		boolean observed = (caller == Caller.LOOP_HANDLER) ? this.connection.reader().delivery().observesSends()
				: this.context.observesSends();
		boolean collected = caller.isCollected() && !observed;
		if (collected && caller.isLoop()) {
			sendOnLoop(payload, caller);
			return;
		}
		FrameOutput frame = encode(payload, null);
		if (collected && this.channel.append(frame.array(), frame.size())) {
			return;
		}
		write(ByteBuffer.wrap(frame.array(), 0, frame.size()), callback(payload, observed), caller,
				caller.isCollected() && observed);
	}

	/** Adds to the batch; the thread keeps the room for what it encodes. */
	private void sendOnLoop(Object payload, Caller caller) {
		FrameOutput frame = scratch.get();
		try {
			encode(payload, frame);
			if (!this.channel.append(frame.array(), frame.size())) {
				write(ByteBuffer.wrap(Arrays.copyOf(frame.array(), frame.size())), callback(payload, false), caller,
						false);
			}
		}
		finally {
			if (frame.array().length > MOST_KEPT) {
				scratch.remove();
			}
		}
	}

	/**
	 * Sends a message without waiting.
	 * @param payload what to send
	 * @return completed when the socket has taken it; failed when it could not be sent
	 */
	CompletableFuture<Void> sendAsync(Object payload) {
		FrameOutput frame;
		try {
			frame = encode(payload, null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return sendAsync(payload, frame);
	}

	/**
	 * Sends a message that is encoded already, without waiting.
	 * @param payload what to send
	 * @param frame the same, encoded
	 * @return as {@link #sendAsync(Object)}
	 */
	CompletableFuture<Void> sendAsync(Object payload, FrameOutput frame) {
		SendLine line = this.connection.protocol().sendLine();
		if (line != null) {
			return line.sendAsync(this.connection, payload, frame);
		}
		CompletableFuture<Void> result = new Promise<>();
		this.channel.send(ByteBuffer.wrap(frame.array(), 0, frame.size()), promised(payload, result));
		return result;
	}

	/**
	 * Sends bytes as they are, and waits as {@link #send} does.
	 * @param bytes what to send
	 * @throws SocketOperationException when they were not sent
	 */
	void sendRaw(byte[] bytes) {
		requireOpen();
		write(ByteBuffer.wrap(bytes), null, this.channel.caller(), false);
	}

	/**
	 * Sends a frame that others are sent too, without waiting.
	 * @param frame the encoded frame; its position is this call's own
	 * @param payload what was encoded
	 * @return whether it was queued
	 */
	public boolean offer(ByteBuffer frame, Object payload) {
		if (this.connection.isSwitched()) {
			return offerEncoded(payload);
		}
		SendCallback callback = callback(payload, this.context.observesSends());
		SendLine line = this.connection.protocol().sendLine();
		return (line != null) ? line.offer(frame, callback) == null : this.channel.offer(frame, callback);
	}

	/**
	 * Sends a frame that another node has made, without waiting.
	 * @param frame the encoded frame; its position is this call's own
	 * @param payload what was encoded, if somebody wants to know
	 * @return whether it was queued
	 */
	public boolean offer(ByteBuffer frame, FramedPayload payload) {
		boolean wanted = this.connection.isSwitched() || this.context.observesSends();
		return offer(frame, wanted ? payload.get() : Optional.empty());
	}

	/**
	 * Queues a frame that another node has made for {@link #writeQueued()}, which has to
	 * follow, to write together with what follows it.
	 * @param frame the encoded frame; its position is this call's own
	 * @param payload what was encoded, if somebody wants to know
	 * @return whether it was queued
	 */
	public boolean gather(ByteBuffer frame, FramedPayload payload) {
		boolean observed = this.context.observesSends();
		if (this.connection.isSwitched() || this.connection.protocol().sendLine() != null) {
			return offer(frame, payload);
		}
		return this.channel.gather(frame, callback(observed ? payload.get() : Optional.empty(), observed)) == null;
	}

	/** Others speak another framing than this connection by now. */
	private boolean offerEncoded(Object payload) {
		try {
			FrameOutput frame = encode(payload, null);
			return this.channel.offer(ByteBuffer.wrap(frame.array(), 0, frame.size()),
					callback(payload, this.context.observesSends()));
		}
		catch (SocketOperationException ex) {
			return false;
		}
	}

	/**
	 * Queues a frame that has waited for this connection; calls no one but a codec, so
	 * the connector's lock may be held. {@link #writeQueued()} is to follow.
	 * @param message the message
	 */
	public void enqueue(WaitingMessage message) {
		SendCallback callback = promised(message.payload(), message.result());
		if (!this.connection.isSwitched()) {
			enqueue(message.frame(), callback);
			return;
		}
		try {
			FrameOutput frame = FrameEncoder.encode(this.connection.settings(), message.payload(), null);
			enqueue(ByteBuffer.wrap(frame.array(), 0, frame.size()), callback);
		}
		catch (SocketOperationException ex) {
			this.context.dispatch().threads().execute(() -> callback.ended(ex));
		}
	}

	/**
	 * Queues a frame; calls no one. {@link #writeQueued()} is to follow.
	 * @param frame the frame
	 * @param callback told how it has ended
	 */
	void enqueue(ByteBuffer frame, SendCallback callback) {
		SendLine line = this.connection.protocol().sendLine();
		if (line != null) {
			line.queue().add(frame, callback);
		}
		else {
			this.channel.enqueue(frame, callback);
		}
	}

	/**
	 * Makes room for a frame that is about to be queued.
	 * @param size its length in bytes
	 * @return why it would be refused; {@code null} when there is room
	 */
	@Nullable Throwable makeRoom(int size) {
		SendLine line = this.connection.protocol().sendLine();
		return (line != null) ? line.queue().makeRoom(size) : this.channel.makeRoom(size);
	}

	/** Writes what was queued, as far as its turn has come. */
	public void writeQueued() {
		SendLine line = this.connection.protocol().sendLine();
		if (line != null) {
			line.sendNext();
		}
		else {
			this.channel.writeQueued();
		}
	}

	/**
	 * Encodes a message; a failure is counted and told.
	 * @param payload what to send
	 * @param reused where to encode it to, if not to an output of its own
	 * @return the frame
	 * @throws SocketOperationException when it cannot be encoded, or the connection is
	 * closed
	 */
	FrameOutput encode(Object payload, @Nullable FrameOutput reused) {
		try {
			requireOpen();
			Hl7Acknowledgements hl7 = this.connection.protocol().hl7();
			if (hl7 != null) {
				hl7.sending(payload);
			}
			return FrameEncoder.encode(this.connection.settings(), payload, reused);
		}
		catch (SocketOperationException ex) {
			this.context.registry().counts().failed(ex.getCode());
			if (this.connection.reader().hold() == null) {
				this.context.events().sendFailed(this.connection, payload, ex);
			}
			throw ex;
		}
	}

	/** What may leave with the end of its batch waits for that, not for the peer. */
	private void write(ByteBuffer bytes, @Nullable SendCallback callback, Caller caller, boolean deferred) {
		boolean waits = caller.mayAwaitWrite() && !(deferred && this.channel.hasRoom(bytes.remaining()));
		Throwable failure = waits ? this.channel.sendAndAwait(bytes, callback) : this.channel.send(bytes, callback);
		if (failure instanceof SocketOperationException exception) {
			throw exception;
		}
		if (failure != null) {
			throw new SocketOperationException(SocketErrorCode.NOT_CONNECTED, this.connection + " is closed", failure);
		}
	}

	/**
	 * Explains why bytes were not sent.
	 * @param reason what kept them from being sent
	 * @return the exception that their sender gets
	 */
	Throwable unsent(UnsentReason reason) {
		return switch (reason) {
			case CLOSED -> this.connection.sendFailure();
			case ENDED -> new SocketOperationException(SocketErrorCode.OUTPUT_CLOSED,
					this.connection + " sends nothing more, as its output was closed");
			case OVERFLOW -> new SocketOperationException(SocketErrorCode.SLOW_CONSUMER,
					this.connection + " has more than " + this.context.settings().outbound().maxPending()
							+ " bytes waiting to be written; see " + this.context.settings().path() + ".outbound");
		};
	}

	private SendCallback callback(Object payload, boolean observed) {
		return ObservedSend.begin(this.connection, payload, observed);
	}

	/**
	 * Returns what tells all who want to know how a send has ended, and its sender.
	 */
	SendCallback promised(Object payload, CompletableFuture<Void> result) {
		return new PromisedSend(callback(payload, this.context.observesSends()), result);
	}

	private void requireOpen() {
		if (!this.channel.isOpen()) {
			throw this.connection.sendFailure();
		}
	}

}
