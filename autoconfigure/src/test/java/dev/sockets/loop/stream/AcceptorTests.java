package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What fails with one connection is no outage, and leaves nothing open.
 */
@Timeout(60)
class AcceptorTests implements AcceptHandler {

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<SocketChannel> sockets = new ArrayList<>();

	private Consumer<SocketChannel> onAccepted = (socket) -> {
	};

	private Acceptor acceptor;

	@BeforeEach
	void createAcceptor() throws IOException {
		this.loops.acquire();
		this.acceptor = new Acceptor(this.loops.next(), new ScriptedServerSocket(this.waiting), this);
	}

	@AfterEach
	void close() throws IOException {
		for (SocketChannel socket : this.sockets) {
			socket.close();
		}
		this.loops.release();
	}

	@Test
	void whenAConnectionWasResetBeforeItIsAcceptedThenTheNextOneIsAccepted() throws IOException {
		this.waiting.add(new IOException("Software caused connection abort"));
		this.waiting.add(socket());
		this.acceptor.ready(SelectionKey.OP_ACCEPT, null);
		assertThat(this.calls).containsExactly("accepted");
	}

	@Test
	void whenTheOnlyConnectionWasResetBeforeItIsAcceptedThenThatIsNoOutage() {
		this.waiting.add(new IOException("Software caused connection abort"));
		this.acceptor.ready(SelectionKey.OP_ACCEPT, null);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void whenAcceptingFailsAgainAtOnceThenThatIsAnOutage() {
		this.waiting.add(new IOException("Too many open files"));
		this.waiting.add(new IOException("Too many open files"));
		this.acceptor.ready(SelectionKey.OP_ACCEPT, null);
		assertThat(this.calls).startsWith("failed Too many open files");
		assertThat(this.calls).as("but for what comes half a second later")
			.isSubsetOf("failed Too many open files", "recovered")
			.doesNotHaveDuplicates();
	}

	@Test
	void whenAnAcceptedSocketIsClosedAlreadyThenTheOthersAreAccepted() throws IOException {
		SocketChannel broken = socket();
		broken.close();
		this.waiting.add(broken);
		this.waiting.add(socket());
		this.acceptor.ready(SelectionKey.OP_ACCEPT, null);
		assertThat(this.calls).containsExactly("accepted");
	}

	@Test
	void whenTheHandlerFailsThenItsSocketIsClosedAndTheOthersAreAccepted() throws IOException {
		SocketChannel first = socket();
		SocketChannel second = socket();
		this.waiting.add(first);
		this.waiting.add(second);
		this.onAccepted = (socket) -> {
			if (socket == first) {
				throw new IllegalStateException("The handler fails");
			}
		};
		assertThatThrownBy(() -> this.acceptor.ready(SelectionKey.OP_ACCEPT, null))
			.isInstanceOf(IllegalStateException.class);
		this.acceptor.ready(SelectionKey.OP_ACCEPT, null);
		assertThat(first.isOpen()).isFalse();
		assertThat(second.isOpen()).isTrue();
		assertThat(this.calls).containsExactly("accepted", "accepted");
	}

	private SocketChannel socket() throws IOException {
		SocketChannel socket = SocketChannel.open();
		this.sockets.add(socket);
		return socket;
	}

	@Override
	public boolean mayAccept() {
		return true;
	}

	@Override
	public void accepted(SocketChannel socket) {
		this.calls.add("accepted");
		this.onAccepted.accept(socket);
	}

	@Override
	public void acceptFailed(IOException cause) {
		this.calls.add("failed " + cause.getMessage());
	}

	@Override
	public void acceptRecovered() {
		this.calls.add("recovered");
	}

	/** Accepts what waits, or fails with it. */
	private static final class ScriptedServerSocket extends ServerSocketChannel {

		private final Queue<Object> waiting;

		ScriptedServerSocket(Queue<Object> waiting) {
			super(SelectorProvider.provider());
			this.waiting = waiting;
		}

		@Override
		public @Nullable SocketChannel accept() throws IOException {
			Object next = this.waiting.poll();
			if (next instanceof IOException failure) {
				throw failure;
			}
			return (SocketChannel) next;
		}

		@Override
		public ServerSocketChannel bind(SocketAddress local, int backlog) {
			return this;
		}

		@Override
		public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
			return this;
		}

		@Override
		public <T> T getOption(SocketOption<T> name) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Set<SocketOption<?>> supportedOptions() {
			return Set.of();
		}

		@Override
		public ServerSocket socket() {
			throw new UnsupportedOperationException();
		}

		@Override
		public @Nullable SocketAddress getLocalAddress() {
			return null;
		}

		@Override
		protected void implCloseSelectableChannel() {
		}

		@Override
		protected void implConfigureBlocking(boolean block) {
		}

	}

}
