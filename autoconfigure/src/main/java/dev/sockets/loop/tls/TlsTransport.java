package dev.sockets.loop.tls;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.MemoryBudget;
import dev.sockets.loop.Registration;
import dev.sockets.loop.stream.Transport;

/**
 * Carries the bytes of a connection by TLS over another transport. It is ready when the
 * handshake is over; or it carries them as they are until it is
 * {@linkplain #upgrade(ByteBuffer) upgraded}.
 */
public final class TlsTransport implements Transport {

	private final Transport below;

	private final HeldBytes held;

	private final RecordInput records;

	private final TlsInput input;

	private final TlsOutput output;

	/** {@code null} once it is over, as an idle connection is to keep little. */
	private volatile @Nullable TlsHandshake handshake;

	/** What the handshake has made; {@code null} until it is over. */
	private volatile @Nullable SSLEngine agreed;

	/** Whether bytes are carried as they are. */
	private volatile boolean plain;

	/** Whether nothing more is to be read but the end. */
	private volatile boolean over;

	/**
	 * Creates a transport.
	 * @param below what carries its records
	 * @param setup how it begins
	 * @param onDemand whether it begins by an upgrade, not at once
	 * @param memory counts what it keeps
	 */
	public TlsTransport(Transport below, TlsSetup setup, boolean onDemand, MemoryBudget memory) {
		this.below = below;
		this.plain = onDemand;
		this.held = new HeldBytes(memory);
		this.records = new RecordInput(below, this.held);
		this.output = new TlsOutput(below, this.held);
		this.input = new TlsInput(this.records, this.output, this.held);
		this.handshake = new TlsHandshake(setup, this.records, this.output, this.held);
	}

	/**
	 * Returns what the two sides have agreed on.
	 * @return the session; {@code null} before the handshake is over
	 */
	public @Nullable SSLSession session() {
		SSLEngine engine = this.agreed;
		return (engine != null) ? engine.getSession() : null;
	}

	@Nullable SSLEngine engine() {
		TlsHandshake handshake = this.handshake;
		return (handshake != null) ? handshake.engine() : this.agreed;
	}

	@Override
	public void register(Registration registration, int operations) throws IOException {
		TlsHandshake handshake = this.handshake;
		if (handshake != null) {
			handshake.register(registration);
		}
		this.below.register(registration, operations);
	}

	@Override
	public boolean connect(SocketAddress address) throws IOException {
		return this.below.connect(address);
	}

	@Override
	public boolean finishConnect() throws IOException {
		return this.below.finishConnect();
	}

	@Override
	public boolean prepare() throws IOException {
		return this.below.prepare() && (this.plain || shakeHands());
	}

	@Override
	public void upgrade(ByteBuffer unread) {
		this.records.keep(unread);
		this.plain = false;
	}

	private boolean shakeHands() throws IOException {
		TlsHandshake handshake = this.handshake;
		if (handshake == null) {
			return true;
		}
		try {
			return isOver(handshake);
		}
		catch (SSLException ex) {
			this.over = true;
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			this.over = true;
			throw new SSLException("The handshake could not go on", ex);
		}
		catch (IOException ex) {
			this.over = true;
			throw new TlsHandshakeException(TlsHandshakeException.Reason.ENDED, ex);
		}
	}

	private boolean isOver(TlsHandshake handshake) throws IOException {
		boolean over = handshake.goOn();
		if (over) {
			this.agreed = handshake.engine();
			this.handshake = null;
		}
		return over;
	}

	@Override
	public void tick(long now) throws IOException {
		this.below.tick(now);
		TlsHandshake handshake = this.handshake;
		if (handshake != null) {
			handshake.tick(now);
		}
	}

	@Override
	public boolean isAtRest() {
		return this.handshake == null && this.below.isAtRest();
	}

	@Override
	public int read(ByteBuffer bytes) throws IOException {
		if (this.plain) {
			return this.below.read(bytes);
		}
		if (this.over) {
			this.output.flush();
			return discard();
		}
		this.output.flush();
		return decrypt(bytes);
	}

	private int decrypt(ByteBuffer bytes) throws IOException {
		SSLEngine engine = this.agreed;
		if (engine == null) {
			return 0;
		}
		try {
			return this.input.read(engine, bytes);
		}
		catch (SSLException ex) {
			sayWhy();
			throw ex;
		}
	}

	/** The engine has put down what the peer is to be told. */
	private void sayWhy() {
		try {
			this.output.finish();
		}
		catch (IOException ex) {
			// it is about to be closed for what came before
		}
	}

	private int discard() throws IOException {
		TlsBuffers buffers = TlsBuffers.take();
		try {
			return Math.min(this.below.read(buffers.input.clear()), 0);
		}
		finally {
			buffers.giveBack();
		}
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		return this.plain ? this.below.write(bytes) : this.output.write(bytes);
	}

	@Override
	public int writeBatched(ByteBuffer bytes) throws IOException {
		return this.plain ? this.below.writeBatched(bytes) : this.output.writeBatched(bytes);
	}

	@Override
	public int sendHeld() throws IOException {
		return this.below.sendHeld();
	}

	@Override
	public long write(ByteBuffer[] bytes) throws IOException {
		return this.plain ? this.below.write(bytes) : this.output.write(bytes);
	}

	@Override
	public void finishOutput() throws IOException {
		if (this.plain) {
			this.below.finishOutput();
			return;
		}
		this.over = true;
		this.output.finish();
	}

	@Override
	public void endOutput() throws IOException {
		if (this.plain) {
			this.below.endOutput();
		}
		else {
			this.output.finish();
		}
	}

	@Override
	public void closeInOrder() {
		if (!this.plain) {
			sayWhy();
		}
		close();
	}

	@Override
	public void close() {
		this.below.close();
		this.held.close();
	}

	@Override
	public boolean isOpen() {
		return this.below.isOpen();
	}

	@Override
	public boolean isConnected() {
		return this.below.isConnected();
	}

	@Override
	public boolean isTruncated() {
		return this.input.isTruncated() || this.below.isTruncated();
	}

	@Override
	public boolean hasBufferedInput() {
		return (!this.over && this.agreed != null && this.input.hasBuffered()) || this.below.hasBufferedInput();
	}

	@Override
	public boolean wantsToWrite() {
		return this.output.waitsForSocket() || this.below.wantsToWrite();
	}

	@Override
	public boolean isBusy() {
		TlsHandshake handshake = this.handshake;
		return (handshake != null && handshake.isBusy()) || this.below.isBusy();
	}

	@Override
	public long heldBytes() {
		return this.held.count() + this.below.heldBytes();
	}

	@Override
	public Socket socket() {
		return this.below.socket();
	}

}
