package dev.sockets.runtime.multicast;

import java.time.Duration;

import org.springframework.context.ApplicationContext;
import org.springframework.util.Assert;

import dev.sockets.EndpointKind;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * Creates receivers and senders of datagrams.
 */
public final class MulticastEndpoints {

	/** How often receivers look whether interfaces have gone or come back. */
	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

	private final MulticastRuntime runtime;

	/**
	 * Creates a factory of endpoints.
	 * @param loops the event loops of the application; each receiver has one of its own
	 * beside them
	 * @param context where the endpoints publish their events
	 */
	public MulticastEndpoints(EventLoopGroup loops, ApplicationContext context) {
		this(loops, context, new NetworkInterfaces(), CHECK_INTERVAL);
	}

	MulticastEndpoints(EventLoopGroup loops, ApplicationContext context, NetworkInterfaces interfaces,
			Duration checkInterval) {
		this.runtime = new MulticastRuntime(loops, context, interfaces, checkInterval);
	}

	/**
	 * Creates a receiver of groups; it is not started.
	 * @param settings what the receiver needs to know
	 * @return the receiver
	 */
	public MulticastReceiver receiver(MulticastReceiverSettings settings) {
		require(EndpointKind.MULTICAST_RECEIVER, settings.kind());
		return new DefaultMulticastReceiver(settings, this.runtime);
	}

	/**
	 * Creates a receiver without groups; it is not started.
	 * @param settings what the receiver needs to know
	 * @return the receiver
	 */
	public UdpReceiver udpReceiver(MulticastReceiverSettings settings) {
		require(EndpointKind.UDP_RECEIVER, settings.kind());
		return new DefaultUdpReceiver(settings, this.runtime);
	}

	/**
	 * Creates a sender to groups; it is not started.
	 * @param settings what the sender needs to know
	 * @return the sender
	 */
	public MulticastSender sender(MulticastSenderSettings settings) {
		require(EndpointKind.MULTICAST_SENDER, settings.kind());
		return new DefaultMulticastSender(settings, this.runtime);
	}

	/**
	 * Creates a sender to hosts; it is not started.
	 * @param settings what the sender needs to know
	 * @return the sender
	 */
	public UdpSender udpSender(MulticastSenderSettings settings) {
		require(EndpointKind.UDP_SENDER, settings.kind());
		return new DefaultUdpSender(settings, this.runtime);
	}

	private static void require(EndpointKind wanted, EndpointKind kind) {
		Assert.isTrue(wanted == kind, () -> "These are settings of a " + kind + ", not of a " + wanted);
	}

}
