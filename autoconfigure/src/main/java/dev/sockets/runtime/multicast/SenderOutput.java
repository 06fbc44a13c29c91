package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.AddressText;
import dev.sockets.EndpointKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.MessageCounters;
import dev.sockets.runtime.Outages;
import dev.sockets.udp.UdpSender;

/**
 * The way out of a sender: encodes payloads, hands them over, counts and tells how that
 * has ended. Open to all threads.
 */
final class SenderOutput {

	/** Hands a datagram to the operating system. */
	interface Transmission {

		void transmit(byte[] bytes) throws IOException;

	}

	private static final Object NETWORK = "network";

	private final UdpSender sender;

	private final MulticastSenderSettings settings;

	private final EndpointEvents events;

	private final Outages outages;

	private final MessageCounters messages;

	SenderOutput(UdpSender sender, MulticastSenderSettings settings, EndpointEvents events, Outages outages) {
		this.sender = sender;
		this.settings = settings;
		this.events = events;
		this.outages = outages;
		Set<SocketErrorCode> failures = EnumSet.of(SocketErrorCode.NOT_CONNECTED, SocketErrorCode.CODEC_FAILED,
				SocketErrorCode.FRAME_TOO_LARGE, SocketErrorCode.SEND_FAILED);
		if (isMulticast()) {
			failures.add(SocketErrorCode.INVALID_MULTICAST_ADDRESS);
		}
		this.messages = new MessageCounters(failures);
	}

	MessageCounters messages() {
		return this.messages;
	}

	/**
	 * Sends a payload.
	 * @throws SocketOperationException when the operating system doesn't take it
	 */
	void send(InetSocketAddress group, @Nullable Object payload, Transmission transmission) {
		Object message = Objects.requireNonNullElse(payload, Optional.empty());
		GroupTarget target = new GroupTarget(this.sender, group);
		try {
			check(group);
			byte[] bytes = DatagramEncoder.encode(this.settings.datagrams(), message);
			try {
				transmission.transmit(bytes);
			}
			catch (IOException | RuntimeException ex) {
				throw failure(group, ex);
			}
			this.messages.sent(bytes.length);
		}
		catch (SocketOperationException ex) {
			this.messages.failed(ex.getCode());
			this.events.failed(ex.getCode(), ex);
			this.events.sendFailed(target, message, ex);
			throw ex;
		}
		if (this.outages.any()) {
			recovered();
		}
		if (this.events.observesSends()) {
			this.events.sent(target, message);
		}
	}

	private void check(InetSocketAddress to) {
		InetAddress address = to.getAddress();
		boolean group = address != null && address.isMulticastAddress();
		if (isMulticast() && !group) {
			throw new SocketOperationException(SocketErrorCode.INVALID_MULTICAST_ADDRESS,
					"'" + to.getHostString() + "' is not " + MulticastGroups.ALLOWED);
		}
		if (!isMulticast() && group) {
			throw new SocketOperationException(SocketErrorCode.SEND_FAILED, "'" + this.settings.name()
					+ "' does not send to groups such as " + to.getHostString() + ": a multicast sender does");
		}
		requireResolved(to);
	}

	/**
	 * Requires that the name of a host is known; it is an outage when it is not.
	 * @throws SocketOperationException when it is not
	 */
	void requireResolved(InetSocketAddress to) {
		if (to.isUnresolved()) {
			throw outage(to, new UnknownHostException(to.getHostString()));
		}
	}

	private boolean isMulticast() {
		return this.settings.kind() == EndpointKind.MULTICAST_SENDER;
	}

	/**
	 * Explains why nothing could be sent; it is an outage unless the sender was stopped.
	 */
	SocketOperationException failure(InetSocketAddress group, Exception cause) {
		if (cause instanceof SocketOperationException known) {
			return known;
		}
		return this.sender.isRunning() ? outage(group, cause) : notRunning();
	}

	SocketOperationException outage(InetSocketAddress group, Exception cause) {
		String problem = "nothing can be sent to " + AddressText.asNamed(group) + ": " + explain(cause);
		this.outages.begin(NETWORK, SocketErrorCode.SEND_FAILED, problem, cause);
		return new SocketOperationException(SocketErrorCode.SEND_FAILED, "'" + this.settings.name() + "': " + problem,
				cause);
	}

	private String explain(Exception cause) {
		if (!isMulticast()) {
			return NetworkErrors.ofUnicast(cause, this.settings.datagrams().path());
		}
		String networkInterface = this.settings.networkInterface();
		return NetworkErrors.of(cause,
				(networkInterface != null) ? networkInterface : "the interface that the system chooses");
	}

	/** There is a network again. */
	void recovered() {
		this.outages.end(NETWORK);
	}

	SocketOperationException notRunning() {
		return new SocketOperationException(SocketErrorCode.NOT_CONNECTED,
				"'" + this.settings.name() + "' is not running");
	}

}
