package dev.sockets.runtime.multicast;

import java.time.Duration;

import org.springframework.context.ApplicationContext;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * Creates multicast receivers and senders.
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
	 * Creates a receiver; it is not started.
	 * @param settings what the receiver needs to know
	 * @return the receiver
	 */
	public MulticastReceiver receiver(MulticastReceiverSettings settings) {
		return new DefaultMulticastReceiver(settings, this.runtime);
	}

	/**
	 * Creates a sender; it is not started.
	 * @param settings what the sender needs to know
	 * @return the sender
	 */
	public MulticastSender sender(MulticastSenderSettings settings) {
		return new DefaultMulticastSender(settings, this.runtime);
	}

}
