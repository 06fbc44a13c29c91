package dev.sockets.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * A loop around a selector: a read of what is ready, a string for each line, and one
 * write of all answers.
 */
final class BareLoop implements Runnable {

	private static final int BUFFER = 64 * 1024;

	private final Behaviour behaviour;

	private final Selector selector = Selector.open();

	private final Queue<SocketChannel> accepted = new ConcurrentLinkedQueue<>();

	private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);

	private final ByteBuffer output = ByteBuffer.allocateDirect(2 * BUFFER);

	private final byte[] bytes = new byte[2 * BUFFER];

	BareLoop(Behaviour behaviour) throws IOException {
		this.behaviour = behaviour;
	}

	void serve(SocketChannel channel) {
		this.accepted.add(channel);
		this.selector.wakeup();
	}

	@Override
	public void run() {
		try {
			while (true) {
				this.selector.select(this::serve);
				register();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void register() throws ClosedChannelException {
		SocketChannel channel;
		while ((channel = this.accepted.poll()) != null) {
			channel.register(this.selector, SelectionKey.OP_READ, new Peer(channel));
		}
	}

	private void serve(SelectionKey key) {
		Peer peer = (Peer) key.attachment();
		try {
			if (peer.unwritten != null) {
				write(key, peer, peer.unwritten);
			}
			else if (!read(peer)) {
				peer.channel.close();
			}
			else if (this.output.flip().hasRemaining()) {
				write(key, peer, this.output);
			}
		}
		catch (IOException ex) {
			close(peer);
		}
	}

	private boolean read(Peer peer) throws IOException {
		int count = peer.channel.read(this.input.clear());
		this.output.clear();
		if (count < 0) {
			return false;
		}
		int kept = peer.partial.length;
		if (kept + count > this.bytes.length) {
			throw new IOException("A line is too long");
		}
		System.arraycopy(peer.partial, 0, this.bytes, 0, kept);
		this.input.flip().get(this.bytes, kept, count);
		int start = 0;
		for (int i = kept; i < kept + count; i++) {
			if (this.bytes[i] == '\n') {
				answer(start, i);
				start = i + 1;
			}
		}
		peer.partial = (start == kept + count) ? Peer.NOTHING : Arrays.copyOfRange(this.bytes, start, kept + count);
		return true;
	}

	private void answer(int start, int end) {
		String line = new String(this.bytes, start, end - start, StandardCharsets.UTF_8);
		this.output.put(this.behaviour.answer(line).getBytes(StandardCharsets.UTF_8)).put((byte) '\n');
	}

	/** Reads no more until all is written. */
	private static void write(SelectionKey key, Peer peer, ByteBuffer bytes) throws IOException {
		peer.channel.write(bytes);
		if (!bytes.hasRemaining()) {
			if (peer.unwritten != null) {
				peer.unwritten = null;
				key.interestOps(SelectionKey.OP_READ);
			}
		}
		else if (peer.unwritten == null) {
			peer.unwritten = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
			key.interestOps(SelectionKey.OP_WRITE);
		}
	}

	private static void close(Peer peer) {
		try {
			peer.channel.close();
		}
		catch (IOException ex) {
			// it is gone
		}
	}

	private static final class Peer {

		static final byte[] NOTHING = {};

		final SocketChannel channel;

		byte[] partial = NOTHING;

		@Nullable ByteBuffer unwritten;

		Peer(SocketChannel channel) {
			this.channel = channel;
		}

	}

}
