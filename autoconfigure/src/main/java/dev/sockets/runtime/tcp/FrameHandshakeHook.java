package dev.sockets.runtime.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameWindow;
import dev.sockets.runtime.handshake.FrameHandshake;
import dev.sockets.runtime.handshake.HandshakeLink;

/**
 * Holds a connection back until a handshake of ours has ended, which gets all frames
 * until then.
 */
final class FrameHandshakeHook implements FrameHook, PayloadHook, HandshakeLink {

	private final DefaultConnection connection;

	private final FrameHandshake handshake;

	private @Nullable ConnectionHold hold;

	FrameHandshakeHook(DefaultConnection connection, FrameHandshake.Factory handshakes) {
		this.connection = connection;
		this.handshake = handshakes.create(this);
	}

	@Override
	public boolean holds() {
		return true;
	}

	@Override
	public void begin() {
		this.hold = this.connection.reader().hold();
		go(this.handshake::begin);
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		int start = frame.frameStart();
		byte[] payload = Arrays.copyOfRange(frame.frameArray(), start, start + frame.frameLength());
		go(() -> this.handshake.received(payload));
		return true;
	}

	private void go(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	@Override
	public void opened() {
		this.connection.reader().frames().drop(this);
		this.connection.reader().frames().limit(this.connection.context().settings().maxFrameSize());
		this.connection.reader().payloadHooks().remove(this);
	}

	@Override
	public boolean takes(Object payload) {
		return false;
	}

	@Override
	public void ended(SocketOperationException cause) {
		this.handshake.ended();
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return this.connection.getRemoteAddress();
	}

	@Override
	public InetAddress network() {
		return PeerNetwork.first(remoteAddress().getAddress());
	}

	@Override
	public void send(byte[] payload) {
		this.connection.channel()
			.send(FrameEncoder.frame(this.connection.context().settings().framing(), payload), null);
	}

	@Override
	public void limitTime(Duration timeout) {
		hold().limitTime(Deadlines.nanos(timeout));
	}

	@Override
	public void limitFrames(int maxFrameSize) {
		this.connection.reader().frames().limit(maxFrameSize);
	}

	@Override
	public @Nullable SSLSession tlsSession() {
		return this.connection.tlsSession();
	}

	@Override
	public void suspend() {
		hold().suspend();
	}

	@Override
	public boolean isAwaited() {
		return hold().isAwaited();
	}

	@Override
	public boolean admit() {
		return hold().admit();
	}

	@Override
	public void authenticated(Principal principal) {
		this.connection.identity().principal(principal);
	}

	@Override
	public void giveUp(Throwable failure) {
		hold().giveUp(failure);
	}

	@Override
	public void end(@Nullable Throwable failure) {
		hold().end(failure);
	}

	private ConnectionHold hold() {
		return Objects.requireNonNull(this.hold);
	}

}
