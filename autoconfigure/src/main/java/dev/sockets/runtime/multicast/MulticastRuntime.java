package dev.sockets.runtime.multicast;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.springframework.context.ApplicationContext;

import dev.sockets.SocketEndpoint;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.multicast.DatagramSettings;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.BoundedInbox;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.EventInterest;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.SafeLog;

/**
 * What all receivers and senders of an application share.
 */
final class MulticastRuntime {

	private static final SafeLog logger = SafeLog.of(MulticastRuntime.class);

	private final ApplicationContext context;

	private final NetworkInterfaces interfaces;

	private final Duration checkInterval;

	private final EventLoopGroup loops;

	private final RequestLoop requestLoop;

	private final ScheduledThreadPoolExecutor scheduler;

	/**
	 * Creates what they share.
	 * @param loops the event loops of the application
	 * @param context where events are published
	 * @param interfaces the interfaces of this machine
	 * @param checkInterval how often receivers look at them
	 */
	MulticastRuntime(EventLoopGroup loops, ApplicationContext context, NetworkInterfaces interfaces,
			Duration checkInterval) {
		this.loops = loops;
		this.requestLoop = new RequestLoop(loops);
		this.context = context;
		this.interfaces = interfaces;
		this.checkInterval = checkInterval;
		this.scheduler = new ScheduledThreadPoolExecutor(1, MulticastRuntime::thread);
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setKeepAliveTime(100, TimeUnit.MILLISECONDS);
		this.scheduler.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "sockets-multicast-interfaces");
		thread.setDaemon(true);
		return thread;
	}

	NetworkInterfaces interfaces() {
		return this.interfaces;
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
		return new EndpointEvents(endpoint, settings.events(),
				BoundedInbox.of(settings.inboxCapacity(), settings.inboxOverflow()), () -> true, this.context,
				new EventInterest(this.context, nanos), clock);
	}

	ReceiverSession session(MulticastReceiverSettings settings, Delivery delivery, EndpointEvents events,
			ReceiverCounters counters, Outages outages) {
		return new ReceiverSession(settings, this.interfaces, this.loops, delivery, events, counters, outages);
	}

	/**
	 * Does something again and again, also after it has failed, until it is cancelled.
	 */
	ScheduledFuture<?> repeat(Runnable task) {
		long nanos = this.checkInterval.toNanos();
		return this.scheduler.scheduleWithFixedDelay(() -> tryOnce(task), nanos, nanos, TimeUnit.NANOSECONDS);
	}

	private static void tryOnce(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("Looking at the network interfaces failed; it is tried again", ex);
		}
	}

}
