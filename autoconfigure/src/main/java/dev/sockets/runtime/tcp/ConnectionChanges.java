package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.Codec;
import dev.sockets.framing.Framing;
import dev.sockets.loop.stream.OutputEnd;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;

/**
 * What the application changes for good on one connection while that is open. Open to all
 * threads.
 */
final class ConnectionChanges {

	private final DefaultConnection connection;

	private @Nullable StartTls tls;

	private @Nullable CompletableFuture<Void> outputEnd;

	ConnectionChanges(DefaultConnection connection) {
		this.connection = connection;
	}

	/** What waits for its turn would come too late. */
	private void requireNoLine(String problem) {
		if (this.connection.protocol().sendLine() != null) {
			throw new IllegalStateException(problem + " where messages are acknowledged, or separated by pauses");
		}
	}

	/**
	 * Has TLS begin, unless it has been asked to.
	 * @return completed when it has
	 * @throws IllegalStateException when it does not begin on demand
	 */
	CompletableFuture<Void> startTls() {
		if (!StartTls.isPossible(this.connection.context())) {
			String path = this.connection.context().settings().path();
			throw new IllegalStateException(
					"TLS begins on demand only with " + path + ".ssl.bundle and " + path + ".ssl.start=on-demand");
		}
		requireNoLine("TLS cannot begin on demand");
		StartTls asked;
		StartTls tls;
		synchronized (this) {
			asked = this.tls;
			tls = (asked != null) ? asked : new StartTls(this.connection);
			this.tls = tls;
		}
		if (asked == null) {
			tls.begin();
		}
		return tls.end();
	}

	/**
	 * Goes on to messages of another kind.
	 * @param framing how they are told apart
	 * @param codec what their bytes mean
	 * @throws IllegalStateException when it could not be said where they begin
	 */
	void switchFraming(Framing framing, Codec codec) {
		ConnectionSettings settings = this.connection.context().settings();
		if (settings.rpc() != null) {
			throw new IllegalStateException("Messages of '" + settings.path() + "' are requests by opcode");
		}
		requireNoLine("The framing cannot be switched");
		if (framing.gap() != null) {
			throw new IllegalStateException("The framing cannot be switched to one with pauses between messages");
		}
		if (settings.readAhead() && settings.dispatch() != Dispatch.LOOP && this.connection.reader().hold() == null) {
			throw new IllegalStateException("The framing cannot be switched without " + settings.path()
					+ ".read-ahead=false: messages behind this one may have been looked for by the former one");
		}
		this.connection.settings(settings.switchedTo(framing, codec));
	}

	/**
	 * Ends the output, unless it has been ended.
	 * @return completed when that is out
	 */
	CompletableFuture<Void> closeOutput() {
		requireNoLine("The output cannot be closed alone");
		CompletableFuture<Void> asked;
		CompletableFuture<Void> end;
		synchronized (this) {
			asked = this.outputEnd;
			end = (asked != null) ? asked : new CompletableFuture<>();
			this.outputEnd = end;
		}
		if (asked == null) {
			Requester requester = this.connection.requests().requesterIfAny();
			if (requester != null) {
				requester.outputEnds();
			}
			OutputEnd.begin(this.connection.channel(), new PromisedSend((failure) -> {
			}, end));
		}
		return end.copy();
	}

}
