package dev.sockets.multicast.endpoint;

import java.time.Duration;

import org.springframework.context.ApplicationContext;

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

	private final MulticastEngine engine;

	/**
	 * Creates a factory of endpoints.
	 * @param context where the endpoints publish their events
	 */
	public MulticastEndpoints(ApplicationContext context) {
		this(context, new Interfaces(), CHECK_INTERVAL);
	}

	MulticastEndpoints(ApplicationContext context, Interfaces interfaces, Duration checkInterval) {
		this.engine = new MulticastEngine(context, interfaces, checkInterval);
	}

	/**
	 * Creates a receiver; it is not started.
	 * @param settings what the receiver needs to know
	 * @return the receiver
	 */
	public MulticastReceiver receiver(MulticastReceiverSettings settings) {
		return new DefaultMulticastReceiver(settings, this.engine);
	}

	/**
	 * Creates a sender; it is not started.
	 * @param settings what the sender needs to know
	 * @return the sender
	 */
	public MulticastSender sender(MulticastSenderSettings settings) {
		return new DefaultMulticastSender(settings, this.engine);
	}

}
