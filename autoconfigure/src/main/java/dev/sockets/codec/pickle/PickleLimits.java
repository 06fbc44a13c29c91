package dev.sockets.codec.pickle;

import org.springframework.util.Assert;

/**
 * What one message may cost, besides its bytes, which the framing limits. A message over
 * a limit is not decoded.
 *
 * <p>
 * What stands in a message once cannot be more than its bytes. What is shared can: so of
 * all elements, counted wherever they occur, there are at most 100,000 more than bytes,
 * and 64 bytes of text and the like count as one more.
 *
 * @param depth how deep containers may be nested, in levels; 500 by default. Also holds
 * for what is sent
 * @param containers how many containers and objects a message may have; 1,000,000 by
 * default
 * @param memo how many values a message may remember to use them again; 1,000,000 by
 * default
 */
public record PickleLimits(int depth, int containers, int memo) {

	/** The limits that are set when no others are. */
	public static final PickleLimits DEFAULT = new PickleLimits(500, 1_000_000, 1_000_000);

	private static final int SHARED = 100_000;

	/**
	 * Creates limits.
	 * @throws IllegalArgumentException when one is less than 1
	 */
	public PickleLimits {
		Assert.isTrue(depth > 0 && containers > 0 && memo > 0, "Limits of pickles are at least 1");
	}

	/**
	 * Returns how many elements there may be, counted wherever they occur.
	 * @param length the bytes of the message
	 */
	static long elements(int length) {
		return (long) SHARED + length;
	}

}
