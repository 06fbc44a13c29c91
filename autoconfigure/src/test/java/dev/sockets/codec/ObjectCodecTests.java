package dev.sockets.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Fault F22: nothing of a class that is not allowed is ever run, and no bytes are worth
 * more than they are.
 */
@Timeout(120)
class ObjectCodecTests {

	private static final AtomicInteger initialised = new AtomicInteger();

	private static final String HERE = "dev.sockets.codec.ObjectCodecTests$";

	private final Codec codec = codec(HERE + "Order", HERE + "Size", HERE + "Child", "java.util.ArrayList",
			"java.util.HashMap", "java.util.HashSet");

	@AfterEach
	void nothingOfATrapHasRun() {
		assertThat(initialised).hasValue(0);
	}

	@Test
	void whenClassesAreAllowedThenTheyComeAsTheyWere() throws Exception {
		Order order = new Order("tea", new int[] { 1, 2 }, Size.LARGE, new ArrayList<>(List.of("a", 1L, 2.5, 'x')));
		assertThat(decode(this.codec.encode(order))).usingRecursiveComparison().isEqualTo(order);
		for (Object value : new Object[] { "text", 1, 2L, 3.5, 4.5F, (short) 5, (byte) 6, 'c', true, Size.SMALL }) {
			assertThat(decode(this.codec.encode(value))).isEqualTo(value);
		}
		assertThat(decode(this.codec.encode(null))).isNull();
		assertThat(decode(this.codec.encode(new byte[] { 1, 2 }))).isEqualTo(new byte[] { 1, 2 });
		assertThat(decode(this.codec.encode(new long[2][3]))).isEqualTo(new long[2][3]);
		assertThat(decode(this.codec.encode(new Order[] { order, null }))).isInstanceOf(Order[].class);
		assertThat(decode(this.codec.encode(new Object[] { "a", order }))).isInstanceOf(Object[].class);
		assertThat(decode(this.codec.encode(new String[] { "a" }))).isEqualTo(new String[] { "a" });
		assertThat(decode(this.codec.encode(new HashMap<>(Map.of("a", List.of().size()))))).isEqualTo(Map.of("a", 0));
		Map<Integer, String> large = new HashMap<>();
		for (int i = 0; i < 1000; i++) {
			large.put(i, "");
		}
		assertThat(decode(this.codec.encode(large))).isEqualTo(large);
	}

	@Test
	void whenAClassIsNotAllowedThenItIsNamed() throws Exception {
		assertRefused(this.codec.encode(BigInteger.ONE),
				"Class java.math.BigInteger is not allowed; see allowed-classes");
		assertRefused(this.codec.encode(new LinkedHashMap<>()), "Class java.util.LinkedHashMap is not allowed");
		assertRefused(this.codec.encode(new BigInteger[0]), "Class [Ljava.math.BigInteger; is not allowed");
		assertRefused(this.codec.encode(new ArrayList<>(List.of(BigInteger.ONE))), "java.math.BigInteger");
		assertRefused(this.codec.encode(new Object[] { new Object[] { BigInteger.ONE } }), "java.math.BigInteger");
		assertRefused(this.codec.encode(BigInteger.class), "Class java.math.BigInteger is not allowed");
	}

	@Test
	void whenPatternsNamePackagesThenTheirClassesAreAllowedAndNoOthers() throws Exception {
		byte[] list = this.codec.encode(new ArrayList<>());
		assertThat(decode(codec("java.util.*"), list)).isEqualTo(List.of());
		assertThat(decode(codec("java.**"), list)).isEqualTo(List.of());
		assertRefused(list, "java.util.ArrayList", codec("java.*"));
		assertRefused(list, "java.util.ArrayList", codec("java.uti.**"));
		assertRefused(list, "java.util.ArrayList", codec("java.util.ArrayLis"));
		assertRefused(list, "java.util.ArrayList", codec("java.util.array.**"));
		assertThat(decode(codec("dev.sockets.codec.*"), this.codec.encode(Size.SMALL))).isEqualTo(Size.SMALL);
	}

	@Test
	void whenNothingIsAllowedThenThereIsNoCodec() {
		assertThatIllegalArgumentException().isThrownBy(() -> codec());
		for (String pattern : List.of("*", "**", "", " ", "java.util.*.x", "a b", "java.util.***")) {
			assertThatIllegalArgumentException().isThrownBy(() -> codec("java.util.ArrayList", pattern));
		}
	}

	@Test
	void whenATrapIsSentThenItIsNotEvenInitialised() throws Exception {
		Lure lure = new Lure();
		for (Object sent : new Object[] { lure, new Lure[] { lure }, new Lure[0], new Lure[2][2], Lure.class,
				new ArrayList<>(List.of(lure)), new HashSet<>(Set.of(lure)), new HashMap<>(Map.of(lure, 1)),
				new HashMap<>(Map.of(1, lure)), new Object[] { 1, lure }, new Order("x", null, null, lure) }) {
			assertRefused(asTrap(this.codec.encode(sent)), HERE + "Trap");
		}
		assertRefused(replaced(this.codec.encode(Bait.ONE), HERE + "Bait", HERE + "Evil"),
				HERE + "Evil is not allowed");
	}

	/** The superclass stands after its subclass, which is allowed. */
	@Test
	void whenATrapIsASuperclassThenItIsNotEvenInitialised() throws Exception {
		byte[] bytes = replaced(this.codec.encode(new Cover()), HERE + "Cover", HERE + "Child");
		assertRefused(replaced(bytes, HERE + "Lure", HERE + "Trap"), HERE + "Trap is not allowed");
	}

	@Test
	void whenAProxyIsSentThenItIsRefused() throws Exception {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Runnable.class },
				(InvocationHandler & Serializable) (self, method, args) -> null);
		assertRefused(this.codec.encode(proxy), "A proxy is not allowed");
	}

	@Test
	void whenAnArrayIsSaidToBeHugeThenNoMemoryIsTakenForIt() throws Exception {
		for (Object empty : new Object[] { new int[0], new byte[0], new long[0], new Object[0], new String[0] }) {
			byte[] bytes = this.codec.encode(empty);
			for (int length : new int[] { Integer.MAX_VALUE, 1 << 24, 10_000 }) {
				byte[] huge = bytes.clone();
				for (int i = 0; i < 4; i++) {
					huge[huge.length - 4 + i] = (byte) (length >> 24 - 8 * i);
				}
				assertRefused(huge, "Its arrays are longer than what has come");
			}
		}
	}

	@Test
	void whenAMapIsSaidToBeHugeThenNoMemoryIsTakenForIt() throws Exception {
		String bytes = HexFormat.of().formatHex(this.codec.encode(new HashMap<>(Map.of("k", "v"))));
		String sizes = "7708" + "00000002" + "00000001";
		assertThat(bytes).contains(sizes);
		byte[] huge = HexFormat.of().parseHex(bytes.replace(sizes, "7708" + "40000000" + "30000000"));
		assertRefused(huge, "Its arrays are longer than what has come");
		String list = HexFormat.of().formatHex(this.codec.encode(new ArrayList<>(List.of("v"))));
		assertThat(list).contains("7704" + "00000001");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> decode(HexFormat.of()
			.parseHex(list.replaceFirst("7870000000017704" + "00000001", "7870" + "7fffffff" + "7704" + "7fffffff"))));
	}

	@Test
	void whenObjectsAreDeeperThanAllowedThenTheyAreRefusedBeforeTheStackEnds() throws Exception {
		byte[] one = this.codec.encode(new Object[] { null });
		ByteArrayOutputStream deep = new ByteArrayOutputStream();
		deep.write(one, 0, one.length - 1);
		for (int i = 0; i < 100_000; i++) {
			deep.writeBytes(HexFormat.of().parseHex("7571007e000000000001"));
		}
		deep.write(one[one.length - 1]);
		assertRefused(deep.toByteArray(), "It is deeper than 16 objects in one another");
	}

	/** The time to add one to its set doubles with each set around it. */
	@Test
	void whenSetsAreNestedToBlowUpThenTheyAreRefused() throws Exception {
		assertRefused(this.codec.encode(bomb(100)), "It is deeper than 16 objects in one another");
		assertRefused(this.codec.encode(bomb(14)), "It holds the same parts so often");
	}

	/** So none is deep, as each is there already when the next one refers to it. */
	@Test
	void whenSetsAreNestedByReferencesThenTheyAreRefused() throws Exception {
		List<Object> all = new ArrayList<>();
		ArrayList<Object> list = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			ArrayList<Object> next = new ArrayList<>();
			next.add(list);
			next.add(list);
			all.add(next);
			list = next;
		}
		byte[] lists = this.codec.encode(new Object[] { all.toArray() });
		assertRefused(lists, "It holds the same parts so often");
	}

	@Test
	void whenASetHoldsItselfThenItIsRefused() throws Exception {
		Set<Object> set = new HashSet<>();
		Set<Object> inner = new HashSet<>();
		Set<Object> outer = new HashSet<>();
		outer.add(set);
		set.add(inner);
		inner.add(set);
		assertRefused(this.codec.encode(new Object[] { set, outer }), "It holds itself where it must not");
	}

	@Test
	void whenACollectionIsHeldAFewTimesThenItIsAllowed() throws Exception {
		ArrayList<Object> shared = new ArrayList<>(List.of(1, 2, 3));
		Map<Object, Object> map = new HashMap<>(Map.of("a", shared, "b", shared, shared, "c"));
		assertThat(decode(this.codec.encode(map))).isEqualTo(map);
	}

	private static Set<Object> bomb(int levels) {
		Set<Object> root = new HashSet<>();
		Set<Object> one = root;
		Set<Object> other = new HashSet<>();
		for (int i = 0; i < levels; i++) {
			Set<Object> nextOne = new HashSet<>(Set.of("foo"));
			Set<Object> nextOther = new HashSet<>();
			addAll(one, nextOne, nextOther);
			addAll(other, nextOne, nextOther);
			one = nextOne;
			other = nextOther;
		}
		return root;
	}

	/** While the sets are small still, as their hashes change later. */
	private static void addAll(Set<Object> set, Set<Object> one, Set<Object> other) {
		set.add(one);
		set.add(other);
	}

	@Test
	void whenThereAreManyPartsThenTheirNumberIsLimited() throws Exception {
		List<Object> many = new ArrayList<>();
		for (int i = 0; i < 100_001; i++) {
			many.add((long) i);
		}
		assertRefused(this.codec.encode(many), "It has more than 100000 parts");
	}

	@Test
	void whenTheFilterIsAskedThenItIsSetBeforeTheFirstRead() throws Exception {
		byte[] bytes = this.codec.encode("x");
		try (ObjectInputStream input = new ObjectInput(new ByteArrayInputStream(bytes), bytes.length,
				new AllowedClasses(List.of("a.B")), null)) {
			assertThat(input.getObjectInputFilter()).isNotNull();
		}
	}

	@Test
	void whenBytesFollowTheObjectThenItIsMalformed() throws Exception {
		for (Object value : new Object[] { "x", new ArrayList<>(), 1, null, new int[1] }) {
			byte[] bytes = this.codec.encode(value);
			for (int next : new int[] { 0, 0x70, 0x77, 0x78, 0x79, 0xFF }) {
				byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
				longer[bytes.length] = (byte) next;
				assertThatExceptionOfType(IOException.class).isThrownBy(() -> decode(longer));
			}
			byte[] twice = Arrays.copyOf(bytes, bytes.length * 2);
			System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
			assertThatExceptionOfType(StreamCorruptedException.class).isThrownBy(() -> decode(twice));
		}
	}

	@Test
	void whenWhatIsSentIsNotSerializableThenItFails() {
		assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> this.codec.encode(new Object()));
	}

	@Test
	void whenBytesAreAnyThenTheyAreAnObjectOrAnException() throws Exception {
		Random random = new Random(42);
		List<byte[]> seeds = List.of(this.codec.encode(new Order("tea", new int[] { 1 }, Size.LARGE, "x")),
				this.codec.encode(new HashMap<>(Map.of("a", new ArrayList<>(List.of(1))))),
				asTrap(this.codec.encode(new Lure())), this.codec.encode(bomb(5)));
		long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
		while (System.nanoTime() < end) {
			byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
			for (int i = random.nextInt(8); i >= 0; i--) {
				bytes[random.nextInt(
						bytes.length)] = (byte) ((random.nextBoolean()) ? random.nextInt() : 0x70 + random.nextInt(16));
			}
			try {
				decode(Arrays.copyOf(bytes, random.nextInt(bytes.length * 2)));
			}
			catch (Exception ex) {
				// an Error would be a way to do harm
			}
		}
	}

	private static byte[] asTrap(byte[] bytes) {
		return replaced(bytes, HERE + "Lure", HERE + "Trap");
	}

	/** Both are of one length. */
	private static byte[] replaced(byte[] bytes, String name, String by) {
		return new String(bytes, StandardCharsets.ISO_8859_1).replace(name, by).getBytes(StandardCharsets.ISO_8859_1);
	}

	private Object decode(byte[] bytes) throws Exception {
		return decode(this.codec, bytes);
	}

	private static Object decode(Codec codec, byte[] bytes) throws Exception {
		byte[] frame = new byte[bytes.length + 7];
		System.arraycopy(bytes, 0, frame, 3, bytes.length);
		return codec.decode(frame, 3, bytes.length);
	}

	private void assertRefused(byte[] bytes, String reason) {
		assertRefused(bytes, reason, this.codec);
	}

	private static void assertRefused(byte[] bytes, String reason, Codec codec) {
		assertThatExceptionOfType(InvalidClassException.class).isThrownBy(() -> decode(codec, bytes))
			.withMessageContaining(reason);
	}

	private static Codec codec(String... allowed) {
		return Codecs.object(List.of(allowed), ObjectCodecTests.class.getClassLoader());
	}

	record Order(String item, int[] counts, Size size, Object more) implements Serializable {
	}

	enum Size {

		SMALL, LARGE

	}

	/** Stands in for the trap when bytes are made. */
	static class Lure implements Serializable {

		private static final long serialVersionUID = 1L;

	}

	/** Stands in for the child of a trap. */
	static final class Cover extends Lure {

		private static final long serialVersionUID = 1L;

	}

	static class Trap implements Serializable {

		private static final long serialVersionUID = 1L;

		static {
			initialised.incrementAndGet();
		}

	}

	static final class Child extends Trap {

		private static final long serialVersionUID = 1L;

	}

	enum Bait {

		ONE

	}

	enum Evil {

		ONE;

		static {
			initialised.incrementAndGet();
		}

	}

}
