package dev.sockets.runtime.tcp;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.AcknowledgedFraming;
import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.AcknowledgeSettings;

/**
 * The acknowledgements of one connection, in both directions. Looks at payloads before
 * all others that do.
 */
final class Acknowledgements implements FrameHook, PayloadHook, SendLine {

	/** For what needs no acknowledgement. */
	static final Consumer<Boolean> NONE = (succeeded) -> {
	};

	private final DefaultConnection connection;

	private final AcknowledgedFraming framing;

	private final SendQueue queue;

	private final AcknowledgedSends sends;

	private final OwedAcknowledgements owed;

	private Acknowledgements(DefaultConnection connection, AcknowledgedFraming framing, AcknowledgeSettings settings) {
		this.connection = connection;
		this.framing = framing;
		this.queue = new SendQueue(connection);
		this.sends = new AcknowledgedSends(connection, this.queue, settings);
		this.owed = new OwedAcknowledgements(connection.channel(), settings, this.sends);
	}

	/**
	 * Adds them to a new connection.
	 * @param connection the connection
	 * @return {@code null} when messages are not acknowledged
	 */
	static @Nullable Acknowledgements addTo(DefaultConnection connection) {
		AcknowledgeSettings settings = connection.context().settings().acknowledge();
		if (settings == null || !(connection.context().settings().framing() instanceof AcknowledgedFraming framing)) {
			return null;
		}
		Acknowledgements acknowledgements = new Acknowledgements(connection, framing, settings);
		connection.reader().frames().add(acknowledgements);
		connection.reader().add(acknowledgements);
		return acknowledgements;
	}

	/** The next message of a connection is about to be handled. */
	static void begin(DefaultConnection connection) {
		Acknowledgements acknowledgements = connection.protocol().acknowledgements();
		if (acknowledgements != null) {
			acknowledgements.owed.begin();
		}
	}

	/** The handlers of a message have returned, or it could not be read. */
	static void returned(DefaultConnection connection, boolean failed) {
		Acknowledgements acknowledgements = connection.protocol().acknowledgements();
		if (acknowledgements != null) {
			acknowledgements.owed.returned(failed);
		}
	}

	/** A message was an answer, which a caller has taken. */
	static void answered(DefaultConnection connection, boolean failed) {
		Acknowledgements acknowledgements = connection.protocol().acknowledgements();
		if (acknowledgements != null) {
			acknowledgements.owed.taken(failed);
		}
	}

	/**
	 * What a handler has begun will end later. Called by the handler's thread.
	 * @param connection whose message it handles
	 * @return told once whether it has succeeded
	 */
	static Consumer<Boolean> later(DefaultConnection connection) {
		Acknowledgements acknowledgements = connection.protocol().acknowledgements();
		OwedAcknowledgement message = (acknowledgements != null) ? acknowledgements.owed.later() : null;
		if (acknowledgements == null || message == null) {
			return NONE;
		}
		return (succeeded) -> acknowledgements.owed.end(message, !succeeded);
	}

	@Override
	public SendQueue queue() {
		return this.queue;
	}

	@Override
	public void sendNext() {
		this.sends.sendNext();
	}

	@Override
	public void whenDrained(Runnable action) {
		this.sends.whenDrained(action);
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		if (this.framing.isAck(frame)) {
			this.sends.acknowledged();
			return true;
		}
		if (this.framing.isNak(frame)) {
			this.sends.refused();
			return true;
		}
		return false;
	}

	@Override
	public boolean takes(Object payload) {
		this.owed.received(true);
		return false;
	}

	/**
	 * What was garbled comes once more, so nobody who waits for it is told. What was not
	 * finished is not asked for: the peer waits for one acknowledgement, that of the
	 * frame that it has begun instead.
	 */
	@Override
	public boolean takesFault(MessageFault fault) {
		if (fault.unfinished()) {
			return false;
		}
		boolean garbled = fault.cause().getCode() != SocketErrorCode.CODEC_FAILED;
		this.owed.received(!garbled);
		if (garbled) {
			this.connection.reader().delivery().message(fault);
		}
		return garbled;
	}

	@Override
	public void tick(DefaultConnection connection, long now) {
		this.sends.tick(now);
	}

	@Override
	public void ended(SocketOperationException cause) {
		this.sends.ended(cause);
	}

}
