package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;
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
		OrderedReplies order = connection.answers().order();
		if (order == null || order.areIdle()) {
			connection.send(answer);
		}
		else {
			later(connection).accept(answer);
		}
	}

	@Override
	public Consumer<@Nullable Object> later(DefaultConnection connection) {
		connection.answers().begin();
		OrderedReplies order = connection.answers().requireOrder();
		if (order == null) {
			return (answer) -> sendLate(connection, answer, null);
		}
		connection.channel().flushCollected();
		ReplyLine.Place place = order.add();
		return (answer) -> order.fill(place, answer, (frame) -> sendLate(connection, answer, frame));
	}

	private void sendLate(DefaultConnection connection, @Nullable Object answer, @Nullable FrameOutput frame) {
		try {
			if (answer != null) {
				send(connection, answer, frame).whenComplete((result, failure) -> {
					if (failure != null) {
						failed(connection, failure);
					}
				});
			}
		}
		catch (Throwable ex) {
			failed(connection, ex);
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
		connection.reader().failures().handlerFailed(failure);
	}

}
