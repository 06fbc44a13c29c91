package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.runtime.EndpointEvents;

/**
 * The steps of a connection's life that have their turn among its messages: each is done
 * when everything received before it is handled, by the thread that handles messages.
 */
final class ConnectionSteps {

	private final DefaultConnection connection;

	private final ConnectionContext context;

	/** Once nothing more is read. */
	private volatile @Nullable HalfClose halfClose;

	private final @Nullable ConnectionAge age;

	private boolean gone;

	ConnectionSteps(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
		this.age = ConnectionAge.of(connection, context);
	}

	void opened() {
		ConnectionLog.opened(this.connection);
		try {
			this.context.integration().opened(this.connection);
		}
		catch (Throwable ex) {
			this.connection.reader().failures().handlerFailed(ex);
		}
		EndpointEvents events = this.context.events();
		events.publish(EventKind.CONNECTED, () -> new ConnectedEvent(events.endpoint(), this.connection));
	}

	/** The peer has ended the connection between two messages. */
	void ended() {
		beginHalfClose().begin();
	}

	private HalfClose beginHalfClose() {
		HalfClose halfClose = new HalfClose(this.connection, this.context);
		this.halfClose = halfClose;
		this.connection.channel().timers().stir();
		return halfClose;
	}

	/**
	 * Some time has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void tick(long now) {
		HalfClose halfClose = this.halfClose;
		if (halfClose != null) {
			halfClose.tick(now);
		}
		if (this.age != null) {
			this.age.tick(now);
		}
		tellOfNothing(now);
		this.context.owner().tick(this.connection, now);
	}

	/** Returns whether there is nothing to do after some time. */
	boolean isAtRest() {
		return this.halfClose == null && this.age == null && !this.context.owner().watches();
	}

	/** No message has come for long, but bytes have. */
	private void tellOfNothing(long now) {
		ConnectionReader reader = this.connection.reader();
		MessageFault nothing = reader.frames().nothingFound(now, this.context.deadlines().frame());
		if (nothing != null) {
			reader.delivery().tell(() -> reader.failures().skipped(nothing));
		}
	}

	/** The peer has ended the connection within a message. */
	void truncated() {
		this.connection.close(DisconnectReason.TRUNCATED, this.connection.reader().frames().incompleteFailure());
	}

	/**
	 * The endpoint stops, or only the connection is to end; what the peer has asked is
	 * answered first.
	 */
	void ending() {
		if (this.connection.isClosing()) {
			beginHalfClose().drain();
			return;
		}
		this.connection.answers().whenNone(this::sayGoodbye);
	}

	/** Tells the peer that the endpoint stops, and closes. */
	private void sayGoodbye() {
		ByteBuffer goodbye = this.context.goodbye();
		if (goodbye != null && this.connection.isOpen() && !this.connection.isSwitched()) {
			this.connection.channel().send(goodbye.duplicate(), null);
		}
		this.connection.close(DisconnectReason.SHUTDOWN, null);
	}

	/**
	 * Nothing is read or written any more, so the last step waits for its turn, and those
	 * who wait for something from the peer do so no more. Called by the reading thread.
	 */
	void leave() {
		ConnectionReader reader = this.connection.reader();
		try {
			dropWaiting(reader);
			this.context.registry().remove(this.connection);
			this.context.owner().closed(this.connection);
			reader.end(this.connection::sendFailure);
		}
		finally {
			this.connection.answers().connectionEnded();
			reader.delivery().goOn();
			endInTurn(reader);
		}
	}

	/** Handlers that block may keep what waits for them for long. */
	private void dropWaiting(ConnectionReader reader) {
		if (this.connection.closing().dropsReceived()) {
			reader.delivery().drop();
		}
	}

	/**
	 * When not even this can wait for its turn, the place of the connection is free all
	 * the same.
	 */
	private void endInTurn(ConnectionReader reader) {
		try {
			reader.delivery().tell(this::closed);
		}
		catch (Throwable ex) {
			closed();
		}
	}

	private void closed() {
		if (!goes()) {
			return;
		}
		try {
			tellOfIncomplete();
		}
		finally {
			try {
				tellOfEnd();
			}
			finally {
				giveBackPlace();
			}
		}
	}

	private void tellOfIncomplete() {
		MessageFault incomplete = this.connection.reader().frames().incomplete();
		if (incomplete != null) {
			this.connection.reader().failures().unreadable(incomplete);
		}
	}

	private synchronized boolean goes() {
		boolean first = !this.gone;
		this.gone = true;
		return first;
	}

	private void giveBackPlace() {
		try {
			this.context.owner().gone(this.connection);
		}
		finally {
			this.context.registry().forget(this.connection.run());
		}
	}

	private void tellOfEnd() {
		try {
			this.context.integration().closed(this.connection);
		}
		finally {
			EndpointEvents events = this.context.events();
			CloseReason closing = this.connection.closing();
			ConnectionLog.ended(this.connection, closing);
			events.publish(EventKind.DISCONNECTED,
					() -> new DisconnectedEvent(events.endpoint(), this.connection, closing.reason(), closing.cause()));
			this.connection.ended();
		}
	}

}
