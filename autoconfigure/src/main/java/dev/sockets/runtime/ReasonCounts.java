package dev.sockets.runtime;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts something by its reason. Open to all threads.
 *
 * @param <E> the reasons
 */
public final class ReasonCounts<E extends Enum<E>> {

	private static final String OTHER = "OTHER";

	private final Map<E, LongAdder> byReason;

	private final @Nullable LongAdder other;

	private ReasonCounts(Map<E, LongAdder> byReason, @Nullable LongAdder other) {
		this.byReason = byReason;
		this.other = other;
	}

	/**
	 * Counts by each reason there is.
	 * @param <E> the reasons
	 * @param type their class
	 * @return the counts, all zero
	 */
	public static <E extends Enum<E>> ReasonCounts<E> byAll(Class<E> type) {
		return new ReasonCounts<>(adders(type, EnumSet.allOf(type)), null);
	}

	/**
	 * Counts by some reasons, and all others together.
	 * @param <E> the reasons
	 * @param reasons the reasons that are counted apart
	 * @return the counts, all zero
	 */
	public static <E extends Enum<E>> ReasonCounts<E> by(Set<E> reasons) {
		return new ReasonCounts<>(adders(reasons.iterator().next().getDeclaringClass(), reasons), new LongAdder());
	}

	private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type, Set<E> reasons) {
		Map<E, LongAdder> adders = new EnumMap<>(type);
		reasons.forEach((reason) -> adders.put(reason, new LongAdder()));
		return adders;
	}

	/**
	 * Something has happened.
	 * @param reason why
	 */
	public void count(E reason) {
		add(reason, 1);
	}

	/**
	 * Something has happened several times.
	 * @param reason why
	 * @param times how often
	 */
	public void add(E reason, int times) {
		LongAdder adder = this.byReason.getOrDefault(reason, this.other);
		if (adder != null) {
			adder.add(times);
		}
	}

	/**
	 * Returns the counts.
	 * @return how often it has happened so far, by the names of the reasons
	 */
	public Map<String, Long> counts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.byReason.forEach((reason, adder) -> counts.put(reason.name(), adder.sum()));
		if (this.other != null) {
			counts.put(OTHER, this.other.sum());
		}
		return counts;
	}

}
