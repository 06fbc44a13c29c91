package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.datagram.AnswerPort;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.CodecRefusal;
import dev.sockets.runtime.Promise;

/**
 * The requests of a sender: sends them, each from a port of its own, and decodes the
 * first answer that comes there. Open to all threads.
 */
final class SenderRequests {

	private final MulticastSenderSettings settings;

	private final SenderOutput output;

	private final Supplier<SenderSessions> running;

	/**
	 * Creates a sender's requests.
	 * @param running returns its sockets; throws when it doesn't run
	 */
	SenderRequests(MulticastSenderSettings settings, SenderOutput output, Supplier<SenderSessions> running) {
		this.settings = settings;
		this.output = output;
		this.running = running;
	}

	<T extends @Nullable Object> T request(InetSocketAddress group, @Nullable Object payload, Duration timeout) {
		PendingAnswers answers = this.running.get().answers();
		AnswerPort port = open(answers, group, timeout);
		try {
			send(port, group, payload);
			byte[] answer = answers.await(port, timeout);
			answers.answered(port, answer);
			return decode(answer);
		}
		finally {
			answers.close(port);
		}
	}

	<T extends @Nullable Object> CompletableFuture<T> requestAsync(InetSocketAddress group, @Nullable Object payload) {
		CompletableFuture<T> answer = new Promise<>();
		PendingAnswers answers = this.running.get().answers();
		AnswerPort port = open(answers, group, this.settings.requestTimeout());
		port.answer().whenComplete((bytes, failure) -> {
			answers.close(port);
			if (bytes != null) {
				answers.answered(port, bytes);
			}
			complete(answer, answers, bytes, failure);
		});
		try {
			send(port, group, payload);
		}
		catch (Throwable ex) {
			answer.completeExceptionally(ex);
			answers.close(port);
		}
		return answer;
	}

	private <T> void complete(CompletableFuture<T> answer, PendingAnswers answers, byte @Nullable [] bytes,
			@Nullable Throwable failure) {
		try {
			if (bytes == null) {
				answer.completeExceptionally(answers.failure(failure, this.settings.requestTimeout()));
			}
			else {
				answer.complete(decode(bytes));
			}
		}
		catch (Throwable ex) {
			answer.completeExceptionally(ex);
		}
	}

	private AnswerPort open(PendingAnswers answers, InetSocketAddress group, Duration timeout) {
		this.output.requireResolved(group);
		try {
			return answers.open(group, timeout);
		}
		catch (IOException ex) {
			throw this.output.failure(group, ex);
		}
	}

	private void send(AnswerPort port, InetSocketAddress group, @Nullable Object payload) {
		this.output.send(group, payload, (bytes) -> this.running.get().answers().send(port, bytes, group));
	}

	@SuppressWarnings({ "unchecked", "NullAway" })
	private <T extends @Nullable Object> T decode(byte[] bytes) {
		this.output.messages().received();
		this.output.messages().bytesReceived(bytes.length);
		try {
			return (T) this.settings.datagrams().codec().decode(bytes, 0, bytes.length);
		}
		catch (Throwable ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"The codec of '" + this.settings.datagrams().path() + "' cannot decode an answer of " + bytes.length
							+ " bytes" + CodecRefusal.of(ex),
					ex);
		}
	}

}
