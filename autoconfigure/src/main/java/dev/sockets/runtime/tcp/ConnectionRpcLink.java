package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.LoopTasks;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.FailedMessage;
import dev.sockets.runtime.HandlerMdc;
import dev.sockets.runtime.rpc.RpcLink;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.MessageObserver;

/**
 * A connection as requests by opcode see it.
 *
 * @param connection the connection
 */
record ConnectionRpcLink(DefaultConnection connection) implements RpcLink {

	/** Memory that a request takes beside its bytes, more or less. */
	private static final long REQUEST_BYTES = 256;

	@Override
	public void send(Object payload, boolean gathered, @Nullable Consumer<Throwable> failed) {
		FrameOutput frame = this.connection.writer().encode(payload, null);
		SendCallback others = ObservedSend.begin(this.connection, payload, context().observesSends());
		SendCallback callback = (failed == null) ? others : (failure) -> {
			try {
				others.ended(failure);
			}
			finally {
				if (failure != null) {
					failed.accept(failure);
				}
			}
		};
		ByteBuffer bytes = ByteBuffer.wrap(frame.array(), 0, frame.size());
		if (gathered) {
			this.connection.channel().post(bytes, callback);
		}
		else {
			this.connection.channel().send(bytes, callback);
		}
	}

	@Override
	public long hold() {
		long bytes = REQUEST_BYTES + this.connection.reader().frames().size();
		this.connection.channel().hold(bytes);
		return bytes;
	}

	@Override
	public void release(long bytes) {
		this.connection.channel().release(bytes);
	}

	@Override
	public long nanos() {
		return this.connection.channel().nanos();
	}

	@Override
	public void sendUnseen(Object payload) {
		FrameOutput frame = FrameEncoder.encode(context().settings(), payload, null);
		this.connection.channel().send(ByteBuffer.wrap(frame.array(), 0, frame.size()), null);
	}

	@Override
	public boolean authenticated() {
		ConnectionHold hold = this.connection.reader().hold();
		return hold == null || hold.authenticated();
	}

	@Override
	public void admitted() {
		this.connection.reader().show();
	}

	@Override
	public void refused(SocketOperationException cause, long closeAfter) {
		ConnectionHold hold = this.connection.reader().hold();
		if (hold != null) {
			hold.refuse(cause, closeAfter);
		}
	}

	@Override
	public void identified() {
		context().registry().identified(this.connection);
	}

	@Override
	public Executor loop(Executor threads, Executor elsewhere) {
		return (context().settings().dispatch() != Dispatch.THREAD)
				? new LoopTasks(this.connection.channel().loop(), elsewhere) : threads;
	}

	@Override
	public boolean letWait() {
		return this.connection.channel().letAwaitInput();
	}

	@Override
	public void requested(CompletableFuture<?> result, Object payload) {
		ObservedRequest.begin(this.connection, result, payload);
	}

	@Override
	public MessageObserver.Observed handling(Object payload, boolean answered) {
		HandlerMdc mdc = context().dispatch().mdc();
		if (mdc == null) {
			return observe(payload, answered);
		}
		HandlerMdc.Scope scope = mdc.begin(context().endpoint(), this.connection.getId());
		MessageObserver.Observed observed = observe(payload, answered);
		return (failure) -> {
			try {
				observed.ended(failure);
			}
			finally {
				scope.end();
			}
		};
	}

	private MessageObserver.Observed observe(Object payload, boolean answered) {
		MessageObserver observer = context().dispatch().observer();
		return answered ? observer.serving(this.connection, payload) : observer.receiving(this.connection, payload);
	}

	@Override
	public void handled(long nanos) {
		context().registry().counts().handled(1, nanos);
	}

	@Override
	public void failed(SocketErrorCode code) {
		context().registry().counts().failed(code);
	}

	@Override
	public void malformed(SocketOperationException cause) {
		failed(cause.getCode());
		context().events().messageFailed(this.connection, cause, FailedMessage.UNKNOWN);
	}

	@Override
	public void handlerFailed(Throwable failure) {
		this.connection.reader().failures().handlerFailed(failure);
	}

	private ConnectionContext context() {
		return this.connection.context();
	}

}
