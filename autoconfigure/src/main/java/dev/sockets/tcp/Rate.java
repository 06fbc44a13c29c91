package dev.sockets.tcp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much may come in a time. As much may come at once as in the whole of that time.
 *
 * @param amount how many, or how many bytes
 * @param bytes whether bytes are counted
 * @param period in which time
 */
public record Rate(long amount, boolean bytes, Duration period) {

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})\\s*(B|KB|MB|GB)?\\s*/\\s*([smh])",
			Pattern.CASE_INSENSITIVE);

	/** The largest first. */
	private static final Map<String, Long> SIZES = sizes();

	private static final Map<String, Duration> PERIODS = Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1),
			"h", Duration.ofHours(1));

	private static final Duration LONGEST = Duration.ofDays(1);

	public Rate {
		if (amount < 1) {
			throw new IllegalArgumentException("at least 1 in its time");
		}
		if (period.isNegative() || period.isZero() || period.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("in a positive time, at most a day");
		}
	}

	/**
	 * Reads a rate.
	 * @param text such as {@code 100/s}, {@code 2000/m} or {@code 1MB/s}
	 * @return the rate
	 * @throws IllegalArgumentException when it is none; its message says what is allowed,
	 * as the end of a sentence that starts with "must be"
	 */
	public static Rate parse(String text) {
		Matcher matcher = TEXT.matcher(text.trim());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("a number in a time (s, m or h), such as 100/s or, in bytes, 1MB/s");
		}
		String unit = matcher.group(2);
		long size = (unit != null) ? Objects.requireNonNull(SIZES.get(unit.toUpperCase(Locale.ROOT))) : 1;
		Duration period = Objects.requireNonNull(PERIODS.get(matcher.group(3).toLowerCase(Locale.ROOT)));
		return new Rate(Long.parseLong(matcher.group(1)) * size, unit != null, period);
	}

	private static Map<String, Long> sizes() {
		Map<String, Long> sizes = new LinkedHashMap<>();
		sizes.put("GB", 1L << 30);
		sizes.put("MB", 1L << 20);
		sizes.put("KB", 1L << 10);
		sizes.put("B", 1L);
		return sizes;
	}

	@Override
	public String toString() {
		String text = this.bytes ? size() : Long.toString(this.amount);
		return text + "/"
				+ PERIODS.entrySet()
					.stream()
					.filter((entry) -> entry.getValue().equals(this.period))
					.map(Map.Entry::getKey)
					.findFirst()
					.orElse(this.period.toString());
	}

	private String size() {
		return SIZES.entrySet()
			.stream()
			.filter((entry) -> this.amount % entry.getValue() == 0)
			.map((entry) -> this.amount / entry.getValue() + entry.getKey())
			.findFirst()
			.orElseThrow();
	}

}
