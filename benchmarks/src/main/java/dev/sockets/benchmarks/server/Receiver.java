package dev.sockets.benchmarks.server;

import java.util.function.Supplier;

/**
 * A receiver of multicast that takes part.
 */
public enum Receiver implements Contestant {

	/** Ours, with an {@code @EventListener} method. */
	OURS_EVENT(Family.OURS, () -> new OurReceiver(OurReceiver.EventTally.class)),

	/** Ours, with a {@code @SocketListener} method. */
	OURS_LISTENER(Family.OURS, () -> new OurReceiver(OurReceiver.ListenerTally.class)),

	/** Spring Integration's {@code MulticastReceivingChannelAdapter}. */
	SI_MULTICAST(Family.INTEGRATION, IntegrationReceiver::new),

	/** A loop that blocks in {@code DatagramChannel.receive}. */
	BARE_CHANNEL(Family.BARE, BareReceiver::new),

	/** The same, and a Spring event for each datagram: what events cost at least. */
	BARE_EVENT(Family.BARE, BareEventReceiver::new);

	private final Family family;

	private final Supplier<ReceiverProgram> program;

	Receiver(Family family, Supplier<ReceiverProgram> program) {
		this.family = family;
		this.program = program;
	}

	static Receiver of(String id) {
		return Contestant.named(values(), id);
	}

	@Override
	public String id() {
		return Contestant.id(this);
	}

	@Override
	public Family family() {
		return this.family;
	}

	ReceiverProgram program() {
		return this.program.get();
	}

}
