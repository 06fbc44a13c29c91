package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.MessagePeer;
import dev.sockets.loop.datagram.DatagramBatch;
import dev.sockets.multicast.DropReason;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.Answers;
import dev.sockets.runtime.DecodedSize;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.FailedMessage;
import dev.sockets.runtime.HandlerMdc;
import dev.sockets.runtime.InboundHandlers;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.WireLog;

/**
 * Decodes datagrams and calls the handlers and listeners; one datagram at a time. Knows
 * of the answers that come later, too.
 */
final class Delivery implements Answers<MessagePeer> {

	private final MulticastReceiverSettings settings;

	private final Sources sources;

	private final EndpointEvents events;

	private final ReceiverCounters counters;

	private final WireLog wireLog;

	private final UndeliveredDatagrams undelivered;

	private final InboundHandlers<MessagePeer> handlers;

	private final DecodedSize sizes;

	private final OwedAnswers owed;

	private final @Nullable HandlerMdc mdc;

	private @Nullable DatagramPeer lastPeer;

	Delivery(MulticastReceiverSettings settings, EndpointEvents events, ReceiverCounters counters, WireLog wireLog,
			Outages outages) {
		this.settings = settings;
		this.handlers = new InboundHandlers<>(this, settings.datagrams());
		this.mdc = HandlerMdc.of(settings.datagrams());
		this.sources = new Sources(settings.sources());
		this.events = events;
		this.counters = counters;
		this.wireLog = wireLog;
		this.undelivered = new UndeliveredDatagrams(settings, events, counters);
		this.owed = new OwedAnswers(settings, outages);
		this.sizes = DecodedSize.of(settings.datagrams().codec());
	}

	/** The receiver starts: answers that never came before are waited for no longer. */
	void begin() {
		this.owed.begin();
	}

	/**
	 * Some time has passed. Called about ten times a second.
	 * @param now the loop's time
	 */
	void tick(long now) {
		this.owed.look(now);
	}

	InboundHandlers<MessagePeer> handlers() {
		return this.handlers;
	}

	/**
	 * Shows datagrams that were read in the log, while that is on.
	 * @param batch the datagrams
	 */
	void log(DatagramBatch batch) {
		if (this.wireLog.isOn()) {
			for (int i = 0; i < batch.size(); i++) {
				int length = batch.copy(i);
				this.wireLog.received(batch.sender(i), ByteBuffer.wrap(batch.bytes(), 0, length));
			}
		}
	}

	/** Delivers a datagram, or the news that it can't be delivered. Throws nothing. */
	void deliver(GroupMembership socket, byte[] buffer, int length, InetSocketAddress sender) {
		HandlerMdc.Scope scope = (this.mdc != null) ? this.mdc.begin(this.settings.name(), null) : null;
		try {
			deliver(peer(socket, sender), buffer, length);
		}
		finally {
			if (scope != null) {
				scope.end();
			}
			Thread.interrupted();
		}
	}

	private void deliver(DatagramPeer peer, byte[] buffer, int length) {
		if (!this.sources.contains(peer.getRemoteAddress().getAddress())) {
			this.undelivered.ofOtherSource();
			return;
		}
		if (this.owed.refuse()) {
			this.counters.dropped(DropReason.QUEUE_FULL, 1);
			return;
		}
		if (length > this.settings.maxDatagramSize()) {
			this.undelivered.tooLarge(peer, buffer, length);
			return;
		}
		this.counters.messages().received();
		Object payload;
		long begun = this.events.hasInbox() ? this.sizes.begin(length) : 0;
		try {
			payload = Objects.requireNonNullElse(this.settings.datagrams().codec().decode(buffer, 0, length),
					Optional.empty());
		}
		catch (Throwable ex) {
			this.undelivered.undecodable(peer, buffer, length, ex);
			return;
		}
		long size = this.events.hasInbox() ? this.sizes.end(begun, length) : 0;
		try {
			boolean handled = this.handlers.handle(peer, payload);
			this.events.received(peer, payload, size, handled);
		}
		catch (Throwable ex) {
			String firstBytes = FirstBytes.of(buffer, 0, length);
			this.undelivered.unhandled(peer, new FailedMessage(payload, length, () -> firstBytes), ex);
		}
	}

	@Override
	public BiConsumer<@Nullable Object, @Nullable Throwable> later(MessagePeer peer) {
		BiConsumer<@Nullable Object, @Nullable Throwable> later = Answers.super.later(peer);
		Runnable end = this.owed.add();
		return (answer, failure) -> {
			try {
				later.accept(answer, failure);
			}
			finally {
				end.run();
			}
		};
	}

	@Override
	public void failed(MessagePeer peer, Throwable failure) {
		this.undelivered.unhandled(peer, FailedMessage.UNKNOWN, failure);
	}

	/**
	 * Waits for the answers that are still to come.
	 * @return completed when all are sent, or have failed
	 */
	CompletableFuture<Void> whenAnswered() {
		CompletableFuture<Void> answered = new CompletableFuture<>();
		this.owed.whenNone(() -> answered.complete(null));
		return answered;
	}

	/** Most datagrams come from whom the one before them came from. */
	private DatagramPeer peer(GroupMembership socket, InetSocketAddress sender) {
		DatagramPeer peer = this.lastPeer;
		if (peer == null || !peer.is(socket, sender)) {
			peer = new DatagramPeer(this.settings, socket, sender, this.events, this.counters, this.wireLog);
			this.lastPeer = peer;
		}
		return peer;
	}

}
