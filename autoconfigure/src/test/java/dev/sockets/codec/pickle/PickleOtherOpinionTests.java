package dev.sockets.codec.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pickle of {@code net.razorvine} reads what we write, and we read what it writes.
 */
class PickleOtherOpinionTests {

	private static final int VALUES = 300;

	@ParameterizedTest
	@ValueSource(ints = { 3, 4 })
	void whenWeWriteThenTheOtherReadsTheSame(int protocol) throws Exception {
		PickleCodec codec = PickleCodec.builder().protocol(protocol).build();
		Random random = new Random(protocol);
		for (int i = 0; i < VALUES; i++) {
			Object value = value(random, 4);
			assertThat(plain(new Unpickler().loads(codec.encode(value)))).isEqualTo(plain(value));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenTheOtherWritesThenWeReadTheSame(boolean memo) throws Exception {
		PickleCodec codec = PickleCodec.builder().build();
		Random random = new Random(5);
		for (int i = 0; i < VALUES; i++) {
			Object value = value(random, 4);
			byte[] pickle = new Pickler(memo, false).dumps(theirs(value));
			assertThat(plain(codec.decode(pickle, 0, pickle.length))).isEqualTo(plain(value));
		}
	}

	private static Object value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 14 : 9)) {
			case 0 -> null;
			case 1 -> random.nextBoolean();
			case 2 -> random.nextInt(0, 70000);
			case 3 -> random.nextInt();
			case 4 -> random.nextLong();
			case 5 -> BigInteger.ONE.shiftLeft(70).add(BigInteger.valueOf(random.nextLong()));
			case 6 -> random.nextGaussian();
			case 7 -> "äx€".repeat(random.nextInt(100));
			case 8 -> bytes(random);
			case 9 -> Tuple.copyOf(values(random, depth - 1));
			case 10 -> Set.of(random.nextInt(), "a" + random.nextInt());
			case 11, 12 -> values(random, depth - 1);
			default -> map(random, depth - 1);
		};
	}

	private static List<Object> values(Random random, int depth) {
		List<Object> values = new ArrayList<>();
		for (int i = random.nextInt(6); i > 0; i--) {
			values.add(value(random, depth));
		}
		return values;
	}

	private static Map<Object, Object> map(Random random, int depth) {
		Map<Object, Object> map = new LinkedHashMap<>();
		for (Object value : values(random, depth)) {
			map.put("k" + map.size(), value);
		}
		return map;
	}

	private static byte[] bytes(Random random) {
		byte[] bytes = new byte[random.nextInt(300)];
		random.nextBytes(bytes);
		return bytes;
	}

	/**
	 * Has arrays for tuples, as the other does.
	 */
	private static Object theirs(Object value) {
		if (value instanceof Tuple tuple) {
			return tuple.stream().map(PickleOtherOpinionTests::theirs).toArray();
		}
		if (value instanceof List<?> list) {
			return new ArrayList<>(Arrays.asList(list.stream().map(PickleOtherOpinionTests::theirs).toArray()));
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> copy = new LinkedHashMap<>();
			map.forEach((key, element) -> copy.put(key, theirs(element)));
			return copy;
		}
		return value;
	}

	/**
	 * Has what both can compare: bytes as text in brackets, tuples with a mark, integers
	 * as {@code BigInteger}.
	 */
	private static Object plain(Object value) {
		if (value instanceof byte[] bytes) {
			return "bytes " + Arrays.toString(bytes);
		}
		if (value instanceof Tuple || value instanceof Object[]) {
			List<Object> tuple = new ArrayList<>(List.of("tuple"));
			tuple.addAll((value instanceof Tuple list) ? list : Arrays.asList((Object[]) value));
			return plain(tuple);
		}
		if (value instanceof List<?> list) {
			List<Object> copy = new ArrayList<>();
			list.forEach((element) -> copy.add(plain(element)));
			return copy;
		}
		if (value instanceof Set<?> set) {
			return Set.copyOf(set.stream().map(PickleOtherOpinionTests::plain).toList());
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> copy = new LinkedHashMap<>();
			map.forEach((key, element) -> copy.put(key, plain(element)));
			return copy;
		}
		boolean integer = value instanceof Integer || value instanceof Long;
		return integer ? BigInteger.valueOf(((Number) value).longValue()) : value;
	}

}
