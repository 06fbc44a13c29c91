package dev.sockets.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import dev.sockets.event.SocketEvent;

/**
 * The events of all endpoints since the test began, on whatever thread they were
 * published; the first test with an application context sees those of its start too. Kept
 * are the newest 10,000. Connections of the test before may still end in this one. A bean
 * of tests with {@link AutoConfigureSockets}, and so of each {@link SocketTest}, for any
 * thread. Tests that run at the same time with the same context should not use it.
 *
 * <p>
 * An event is here before other listeners get it, so what they do may not be done yet.
 * What {@code events} leaves out in the configuration of an endpoint isn't here either.
 */
public final class SocketEvents {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final int SHOWN = 20;

	private final SocketEventRecorder recorder;

	SocketEvents(SocketEventRecorder recorder) {
		this.recorder = recorder;
	}

	/**
	 * Waits up to 10 s for the next event of a class. Each one is returned once, in the
	 * order of the endpoint, so the second call waits for the second event.
	 * @param <E> class of the event
	 * @param type class of the event
	 * @param endpoint name of the endpoint
	 * @return the event
	 * @throws AssertionError when there is none in time; it shows those that there were
	 */
	public <E extends SocketEvent> E await(Class<E> type, String endpoint) {
		return await(type, endpoint, (event) -> true, SOON);
	}

	/**
	 * Waits for the next event of a class that fits; those that don't are left to others.
	 * @param <E> class of the event
	 * @param type class of the event
	 * @param endpoint name of the endpoint
	 * @param fits whether it is the one
	 * @param timeout how long to wait
	 * @return the event
	 * @throws AssertionError when there is none in time; it shows those that there were
	 */
	public <E extends SocketEvent> E await(Class<E> type, String endpoint, Predicate<? super E> fits,
			Duration timeout) {
		try {
			SocketEvent event = this.recorder.take((candidate) -> type.isInstance(candidate)
					&& candidate.getEndpoint().equals(endpoint) && fits.test(type.cast(candidate)), timeout);
			if (event == null) {
				throw new AssertionError("'" + endpoint + "' should publish a" + name(type) + " within "
						+ timeout.toMillis() + " ms, but has published " + shown(endpoint));
			}
			return type.cast(event);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a" + name(type) + " of '" + endpoint + "'", ex);
		}
	}

	/**
	 * Returns the events of a class so far, whether {@code await} has returned them or
	 * not.
	 * @param <E> class of the events
	 * @param type class of the events
	 * @param endpoint name of the endpoint
	 * @return a snapshot, the oldest first
	 */
	public <E extends SocketEvent> List<E> all(Class<E> type, String endpoint) {
		return this.recorder.all()
			.stream()
			.filter((event) -> event.getEndpoint().equals(endpoint))
			.filter(type::isInstance)
			.map(type::cast)
			.toList();
	}

	/**
	 * Forgets all events so far.
	 */
	public void clear() {
		this.recorder.clear();
	}

	private String shown(String endpoint) {
		List<String> names = all(SocketEvent.class, endpoint).stream()
			.map((event) -> event.getClass().getSimpleName())
			.toList();
		if (names.isEmpty()) {
			return "nothing";
		}
		int hidden = Math.max(0, names.size() - SHOWN);
		return ((hidden > 0) ? hidden + " others, " : "") + String.join(", ", names.subList(hidden, names.size()));
	}

	private static String name(Class<?> type) {
		String name = type.getSimpleName();
		return ("AEIOU".contains(name.substring(0, 1)) ? "n " : " ") + name;
	}

}
