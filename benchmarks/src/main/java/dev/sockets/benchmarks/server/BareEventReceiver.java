package dev.sockets.benchmarks.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * The loop of {@link BareReceiver}, which publishes a Spring event for each datagram to
 * an {@code @EventListener} method. Shows what events cost.
 */
final class BareEventReceiver implements ReceiverProgram {

	@Override
	public void start(String group, int port, Tally tally) throws IOException {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(Tally.class, () -> tally);
		context.register(EventTally.class);
		context.refresh();
		Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
		BareReceiver.start(group, port, (datagram) -> context.publishEvent(new Datagram(this, datagram, still)));
	}

	static final class Datagram extends ApplicationEvent implements ResolvableTypeProvider {

		private static final long serialVersionUID = 1L;

		private static final ResolvableType TYPE = ResolvableType.forClass(Datagram.class);

		private final transient byte[] bytes;

		Datagram(Object source, byte[] bytes, Clock clock) {
			super(source, clock);
			this.bytes = bytes;
		}

		@Override
		public ResolvableType getResolvableType() {
			return TYPE;
		}

	}

	static class EventTally {

		private final Tally tally;

		EventTally(Tally tally) {
			this.tally = tally;
		}

		@EventListener
		void on(Datagram datagram) {
			this.tally.count(datagram.bytes);
		}

	}

}
