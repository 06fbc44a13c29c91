package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.Transport;

/**
 * Records on their way to the socket of one connection: keeps what that does not take.
 * Used with the lock of a {@link TlsOutput}; {@link #isEmpty()} is open to all.
 */
final class PendingRecords {

	/** TLS itself has less to say to a peer that takes it. */
	private static final int MOST = 128 * 1024;

	private final Transport below;

	private final HeldBytes held;

	private volatile @Nullable ByteBuffer records;

	private boolean finishing;

	PendingRecords(Transport below, HeldBytes held) {
		this.below = below;
		this.held = held;
	}

	boolean isEmpty() {
		return this.records == null;
	}

	/**
	 * Writes records behind those that wait.
	 * @param records those records
	 * @param batched whether they may leave a little later
	 * @return whether none waits
	 */
	boolean write(ByteBuffer records, boolean batched) throws IOException {
		if (flush() && records.hasRemaining()) {
			if (batched) {
				this.below.writeBatched(records);
			}
			else {
				this.below.write(records);
			}
		}
		if (records.hasRemaining()) {
			keep(records);
		}
		return isEmpty();
	}

	/**
	 * Writes records that wait.
	 * @return whether none does any more
	 */
	boolean flush() throws IOException {
		ByteBuffer records = this.records;
		if (records != null) {
			this.below.write(records);
			if (records.hasRemaining()) {
				return false;
			}
			this.held.add(-records.capacity());
			this.records = null;
			if (this.finishing) {
				this.below.finishOutput();
			}
		}
		return true;
	}

	private void keep(ByteBuffer output) throws IOException {
		ByteBuffer before = this.records;
		int length = output.remaining() + ((before != null) ? before.remaining() : 0);
		if (length > MOST) {
			throw new SSLException("The peer takes nothing of what TLS has to say to it");
		}
		ByteBuffer kept = ByteBuffer.allocate(length);
		if (before != null) {
			kept.put(before);
			this.held.add(-before.capacity());
		}
		this.records = kept.put(output).flip();
		this.held.add(length);
	}

	/** Nothing comes behind them: the output ends as soon as the socket has taken all. */
	void finish() throws IOException {
		this.finishing = true;
		if (isEmpty()) {
			this.below.finishOutput();
		}
	}

}
