package dev.sockets.runtime.multicast;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.springframework.context.ApplicationContext;

import dev.sockets.SocketEndpoint;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.MemoryShare;
import dev.sockets.multicast.DatagramSettings;
import dev.sockets.runtime.BoundedInbox;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.EventInterest;
import dev.sockets.runtime.InboxMemory;

/**
 * What all receivers and senders of an application share.
 */
final class MulticastRuntime {

	private final ApplicationContext context;

	private final NetworkInterfaces interfaces;

	private final InterfaceChecks checks;

	private final EventLoopGroup loops;

	private final RequestLoop requestLoop;

	MulticastRuntime(EventLoopGroup loops, ApplicationContext context, NetworkInterfaces interfaces,
			Duration checkInterval) {
		this.loops = loops;
		this.requestLoop = new RequestLoop(loops);
		this.context = context;
		this.interfaces = interfaces;
		this.checks = new InterfaceChecks(checkInterval);
	}

	EventLoopGroup loops() {
		return this.loops;
	}

	NetworkInterfaces interfaces() {
		return this.interfaces;
	}

	InterfaceChecks checks() {
		return this.checks;
	}

	RequestLoop requestLoop() {
		return this.requestLoop;
	}

	/** Makes the events of a sender. */
	EndpointEvents senderEvents(SocketEndpoint endpoint, DatagramSettings settings) {
		return events(endpoint, settings, System::nanoTime, Clock.systemUTC());
	}

	/** Makes the events of a receiver, which ask the clock of its loop. */
	EndpointEvents receiverEvents(SocketEndpoint endpoint, DatagramSettings settings) {
		return events(endpoint, settings, this.loops::nanos, this.loops.clock());
	}

	private EndpointEvents events(SocketEndpoint endpoint, DatagramSettings settings, LongSupplier nanos, Clock clock) {
		MemoryShare memory = this.loops.memory().keptForLater();
		return new EndpointEvents(endpoint, settings,
				BoundedInbox.of(settings.inboxCapacity(), settings.inboxOverflow(),
						new InboxMemory(memory::isUsedUp, memory::add)),
				() -> true, this.context, new EventInterest(this.context, nanos), clock);
	}

}
