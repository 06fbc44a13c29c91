package dev.sockets.codec.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes real pickles at random. For two seconds; for longer with
 * {@code -Dpickle.fuzz.seconds=300}, and otherwise with {@code -Dpickle.fuzz.seed=2}.
 */
class PickleFuzzTests {

	private static final long SECONDS = Long.getLong("pickle.fuzz.seconds", 2);

	private static final long SEED = Long.getLong("pickle.fuzz.seed", 1);

	private static final int MOST = 16 << 20;

	private static final int MAX_REPEATED = 20_000;

	private static final List<String> EXPRESSIONS = List.of(
			"{'k': [1, (2, b'\\0\\xff'), {'n': None}], 't': True, 'u': 'ä€'}",
			"(b'R', 0xff, 2**31 + 5, ('tu me reçois ?', 1.5), {'a': [2**70, -1]})",
			"[shop.Order('tea', 2), shop.Slotted(1, 2), shop.Point(1, 2), shop.Color.RED, shop.Outer.Inner(1)]",
			"[shop.names('x', 'y'), shop.Stock(a=1, b=2), shop.OrderError(7, 'no'), shop.Keywords(1, second=2)]",
			"(ValueError, ValueError('boom'), traceback.extract_stack())", "shop.shared()",
			"{frozenset([1, 2]): {3, 'a'}, (1, (2,)): bytearray(b'xy'), datetime.date(2024, 1, 1): set()}",
			"[datetime.datetime(2024, 2, 29), decimal.Decimal('1.1'), uuid.UUID(int=5), collections.Counter('ab')]",
			"list(range(300))", "['x' * 300, b'y' * 300, 10 ** 700]");

	private final PickleCodec codec = PickleCodec.builder().map("shop.Order", Order.class).build();

	private final Random random = new Random(SEED);

	record Order(String item, int count) {
	}

	@Test
	@Timeout(value = 1, unit = TimeUnit.HOURS)
	void whenRealPicklesAreChangedThenTheyAreReadOrRefused() throws IOException {
		List<byte[]> pickles = realPickles();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		int read = 0;
		int tried = 0;
		while (System.nanoTime() < end) {
			byte[] pickle = changed(pickles);
			tried++;
			try {
				read += isRead(pickle) ? 1 : 0;
			}
			catch (Throwable ex) {
				throw new AssertionError("Seed " + SEED + ", number " + tried + ": " + HexFormat.of().formatHex(pickle),
						ex);
			}
		}
		assertThat(read).as("read of %d", tried).isBetween(tried / 100, tried - tried / 100);
	}

	private static List<byte[]> realPickles() throws IOException {
		List<byte[]> pickles = new ArrayList<>();
		try (Python python = Python.start()) {
			for (String expression : EXPRESSIONS) {
				for (int protocol = expression.contains("Slotted") || expression.contains("traceback") ? 2
						: 0; protocol <= 5; protocol++) {
					pickles.add(python.dumps(expression, protocol));
				}
			}
		}
		return pickles;
	}

	/**
	 * Asserts what holds of any bytes, and says whether they are a pickle.
	 */
	private boolean isRead(byte[] pickle) {
		Object[] value = new Object[1];
		boolean[] refused = new boolean[1];
		long cost = Cost.of(() -> {
			try {
				value[0] = this.codec.decode(pickle, 0, pickle.length);
			}
			catch (SocketOperationException ex) {
				assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED);
				refused[0] = true;
			}
		});
		assertThat(cost).isLessThan(MOST + 300L * pickle.length);
		boolean ended = endsAtLastByte(pickle);
		if (refused[0]) {
			return false;
		}
		assertThat(ended).as("the framing finds the same end").isTrue();
		byte[] written = this.codec.encode(value[0]);
		assertThat(written.length).isLessThan(MOST + 100 * pickle.length);
		Object again = this.codec.decode(written, 0, written.length);
		assertThat(this.codec.encode(again)).isEqualTo(written);
		return true;
	}

	private static boolean endsAtLastByte(byte[] pickle) {
		FrameWindow window = new FrameWindow();
		window.reset(pickle, 0, pickle.length, 0, pickle.length);
		try {
			return Framings.pickleStream().next(window) && window.start() == pickle.length;
		}
		catch (SocketOperationException ex) {
			assertThat(ex.getCode()).isIn(SocketErrorCode.MALFORMED_FRAME, SocketErrorCode.FRAME_TOO_LARGE);
			return false;
		}
	}

	private byte[] changed(List<byte[]> pickles) {
		byte[] pickle = any(pickles).clone();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			pickle = changed(pickle, pickles);
		}
		return pickle;
	}

	private byte[] changed(byte[] pickle, List<byte[]> pickles) {
		if (pickle.length == 0) {
			return any(pickles);
		}
		int at = this.random.nextInt(pickle.length);
		int to = at + this.random.nextInt(Math.min(pickle.length - at, 20) + 1);
		byte[] part = Arrays.copyOfRange(pickle, at, to);
		byte[] other = any(pickles);
		int from = this.random.nextInt(other.length);
		return switch (this.random.nextInt(8)) {
			case 0 -> replaced(pickle, at, at + 1, (byte) this.random.nextInt());
			case 1 -> replaced(pickle, at, at + 1, (byte) (pickle[at] ^ 1 << this.random.nextInt(8)));
			case 2 -> replaced(pickle, at, at + 1,
					(byte) "().012FIJKLMNPQRSTUVXabcdeghijlopqrstu]}GBC".charAt(this.random.nextInt(43)));
			case 3 -> replaced(pickle, at, at + 1, (byte) (0x80 + this.random.nextInt(0x19)));
			case 4 -> replaced(pickle, at, to);
			case 5 -> replaced(pickle, at, at, part);
			case 6 -> replaced(pickle, at, to, repeated(part));
			default -> replaced(pickle, at, to, Arrays.copyOfRange(other, from, Math.min(other.length, from + 20)));
		};
	}

	private byte[] repeated(byte[] part) {
		int count = 1 << this.random.nextInt(14);
		byte[] repeated = new byte[Math.min(part.length * count, MAX_REPEATED)];
		for (int i = 0; i < repeated.length; i++) {
			repeated[i] = part[i % part.length];
		}
		return repeated;
	}

	private static byte[] replaced(byte[] pickle, int from, int to, byte... by) {
		byte[] replaced = Arrays.copyOf(pickle, pickle.length - (to - from) + by.length);
		System.arraycopy(by, 0, replaced, from, by.length);
		System.arraycopy(pickle, to, replaced, from + by.length, pickle.length - to);
		return replaced;
	}

	private byte[] any(List<byte[]> pickles) {
		return pickles.get(this.random.nextInt(pickles.size()));
	}

}
