package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameOutput;
import dev.sockets.runtime.Answers;
import dev.sockets.runtime.ReplyLine;

/**
 * Sends what handlers return back over the connection. What comes later is found by any
 * thread, which must not wait for a peer; the connection's end waits for it.
 */
final class HandlerReplies implements Answers<DefaultConnection> {

	@Override
	public void send(DefaultConnection connection, Object answer) {
		Hl7Acknowledgements hl7 = connection.protocol().hl7();
		if (hl7 != null) {
			hl7.answered();
		}
		sendInOrder(connection, answer);
	}

	/**
	 * Sends an answer behind those to earlier messages. Called by the thread that runs
	 * the connection's handlers.
	 * @param connection to whom
	 * @param answer what to send
	 */
	static void sendInOrder(DefaultConnection connection, Object answer) {
		OrderedReplies order = connection.answers().order();
		if (order == null || order.areIdle()) {
			connection.send(answer);
		}
		else {
			replyLater(connection).accept(answer, null);
		}
	}

	@Override
	public BiConsumer<@Nullable Object, @Nullable Throwable> later(DefaultConnection connection) {
		BiConsumer<@Nullable Object, @Nullable Throwable> reply = replyLater(connection);
		Consumer<Boolean> acknowledgement = Acknowledgements.later(connection);
		Hl7Acknowledgements hl7 = connection.protocol().hl7();
		Hl7Message message = (hl7 != null) ? hl7.later() : null;
		if (hl7 != null && message != null) {
			return (answer, failure) -> {
				acknowledgement.accept(failure == null);
				reply.accept(hl7.ended(message, answer, failure != null), failure);
			};
		}
		return (acknowledgement == Acknowledgements.NONE) ? reply : (answer, failure) -> {
			acknowledgement.accept(failure == null);
			reply.accept(answer, failure);
		};
	}

	private static BiConsumer<@Nullable Object, @Nullable Throwable> replyLater(DefaultConnection connection) {
		connection.answers().begin();
		OrderedReplies order = connection.answers().requireOrder();
		if (order == null) {
			return (answer, failure) -> ended(connection, answer, failure, () -> sendLate(connection, answer, null));
		}
		connection.channel().flushCollected();
		ReplyLine.Place place = order.add();
		return (answer, failure) -> ended(connection, answer, failure,
				() -> order.fill(place, answer, (frame) -> sendLate(connection, answer, frame)));
	}

	/** A failure may end the connection, so what answers it leaves before it is told. */
	private static void ended(DefaultConnection connection, @Nullable Object answer, @Nullable Throwable failure,
			Runnable send) {
		if (answer == null) {
			try {
				tell(connection, failure);
			}
			finally {
				send.run();
			}
		}
		else {
			try {
				send.run();
			}
			finally {
				tell(connection, failure);
			}
		}
	}

	private static void tell(DefaultConnection connection, @Nullable Throwable failure) {
		if (failure != null) {
			handlerFailed(connection, failure);
		}
	}

	private static void sendLate(DefaultConnection connection, @Nullable Object answer, @Nullable FrameOutput frame) {
		try {
			if (answer != null) {
				send(connection, answer, frame).whenComplete((result, failure) -> {
					if (failure != null) {
						handlerFailed(connection, failure);
					}
				});
			}
		}
		catch (Throwable ex) {
			handlerFailed(connection, ex);
		}
		finally {
			connection.answers().end();
		}
	}

	private static CompletableFuture<Void> send(DefaultConnection connection, Object answer,
			@Nullable FrameOutput frame) {
		return (frame != null) ? connection.writer().sendAsync(answer, frame) : connection.sendAsync(answer);
	}

	@Override
	public void failed(DefaultConnection connection, Throwable failure) {
		handlerFailed(connection, failure);
	}

	private static void handlerFailed(DefaultConnection connection, Throwable failure) {
		connection.reader().failures().handlerFailed(failure);
	}

}
