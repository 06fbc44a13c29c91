package dev.sockets.codec.pickle;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.ResolvableType;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Classes of Python that are mapped to records and beans.
 */
@Timeout(120)
class PickleClassesTests {

	private static Python python;

	private final PickleCodec codec = PickleCodec.builder()
		.map("shop.Order", Order.class)
		.map("shop.Ticket", Ticket.class)
		.map("shop.Slotted", Position.class)
		.map("shop.Point", Point.class)
		.map("shop:Outer.Inner", Inner.class)
		.map("shop.All", All.class)
		.build();

	record Order(String item, int count) {

		Order {
			if (count < 0) {
				throw new IllegalArgumentException("count is negative");
			}
		}

	}

	@Test
	void whenAnObjectDoesNotFitThenItStaysInertIfThatIsWanted() {
		PickleCodec keeping = PickleCodec.builder().map("shop.Order", Order.class).keepUnfit(true).build();
		PickledObject order = PickledObject.instance("shop", "Order");
		List<PickledObject> unfit = List.of(order.withState(Map.of("item", "tea", "count", -1)),
				order.withState(Map.of("item", 7, "count", 1)), order.withState(Map.of("item", "tea")),
				PickledObject.instance("shop", "Order", "tea", "many"));
		for (PickledObject each : unfit) {
			byte[] pickle = this.codec.encode(List.of(each, 1));
			assertThat(keeping.decode(pickle, 0, pickle.length)).isEqualTo(List.of(each, 1));
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> this.codec.decode(pickle, 0, pickle.length));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> keeping.convert(each, ResolvableType.forClass(Order.class)));
		}
		byte[] fit = this.codec.encode(order.withState(Map.of("item", "tea", "count", 1)));
		assertThat(keeping.decode(fit, 0, fit.length)).isEqualTo(new Order("tea", 1));
	}

	record Ticket(long id, @Nullable List<String> tags) {
	}

	record Position(double x, double y) {
	}

	record Point(int x, int y) {
	}

	record All(byte small, short medium, Integer boxed, long large, BigInteger huge, BigDecimal decimal, float single,
			double real, boolean flag, char letter, DayOfWeek day, List<Long> longs, Set<Integer> set,
			TreeMap<String, Long> map, int[] ints, @Nullable Order order, Object any) {
	}

	public static class Inner {

		private List<Long> value = List.of();

		private String ignored = "";

		public List<Long> getValue() {
			return this.value;
		}

		public void setValue(List<Long> value) {
			this.value = value;
		}

		public String getReadOnly() {
			return this.ignored;
		}

		public void setWriteOnly(String ignored) {
			this.ignored = ignored;
		}

	}

	@BeforeAll
	static void startPython() throws IOException {
		python = Python.start();
	}

	@AfterAll
	static void stopPython() throws IOException {
		if (python != null) {
			python.close();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void whenClassIsMappedThenRecordOrBeanIsRead(int protocol) {
		assertThat(read("shop.Order('tea', 2)", protocol)).isEqualTo(new Order("tea", 2));
		assertThat(read("shop.Ticket(7, ('a', 'b'))", protocol)).isEqualTo(new Ticket(7, List.of("a", "b")));
		assertThat(read("[shop.Order('a', 1), {'b': shop.Order('c', 2)}]", protocol))
			.isEqualTo(List.of(new Order("a", 1), Map.of("b", new Order("c", 2))));
		assertThat(read("shop.Outer.Inner([1, 2**40])", protocol)).isInstanceOfSatisfying(Inner.class,
				(inner) -> assertThat(inner.getValue()).containsExactly(1L, 1L << 40));
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 4, 5 })
	void whenFieldsAreSlotsOrInOrderThenRecordIsRead(int protocol) {
		assertThat(read("shop.Slotted(1, 2.5)", protocol)).isEqualTo(new Position(1, 2.5));
		assertThat(read("shop.Point(3, 4)", protocol)).isEqualTo(new Point(3, 4));
		assertThat(decode(PickledObject.call("shop", "Order", "tea", 2))).isEqualTo(new Order("tea", 2));
		assertThat(decode(PickledObject.instance("shop", "Order").withState(List.of("tea", 2))))
			.isEqualTo(new Order("tea", 2));
		assertThat(decode(PickledObject.instance("shop", "Order").withKeywords(Map.of("item", "tea", "count", 2))))
			.isEqualTo(new Order("tea", 2));
	}

	@Test
	void whenRecordOrBeanIsSentThenPythonGetsItsClass() {
		Inner inner = new Inner();
		inner.setValue(List.of(1L, 2L));
		for (int protocol = 3; protocol <= 4; protocol++) {
			PickleCodec codec = PickleCodec.builder()
				.protocol(protocol)
				.map("shop.Order", Order.class)
				.map("shop.Ticket", Ticket.class)
				.map("shop:Outer.Inner", Inner.class)
				.build();
			python.assertReads(codec.encode(List.of(new Order("tea", 2))), "[shop.Order('tea', 2)]");
			python.assertReads(codec.encode(new Ticket(7, null)), "shop.Ticket(7, None)");
			python.assertReads(codec.encode(inner), "shop.Outer.Inner([1, 2])");
		}
	}

	@Test
	void whenFieldHasTypeThenValueIsOfIt() {
		Map<String, Object> state = Map.ofEntries(Map.entry("small", -128), Map.entry("medium", -32768),
				Map.entry("boxed", 1), Map.entry("large", 1), Map.entry("huge", 1), Map.entry("decimal", 2),
				Map.entry("single", 1.5), Map.entry("real", 3), Map.entry("flag", true), Map.entry("letter", "x"),
				Map.entry("day", "MONDAY"), Map.entry("longs", Tuple.of(1, 2)), Map.entry("set", Set.of(1)),
				Map.entry("map", Map.of("b", 2, "a", 1)), Map.entry("ints", List.of(1, 2)),
				Map.entry("any", Tuple.of()), Map.entry("unknown", 1));
		All all = (All) decode(PickledObject.instance("shop", "All").withState(state));
		assertThat(all).usingRecursiveComparison()
			.isEqualTo(new All((byte) -128, (short) -32768, 1, 1, BigInteger.ONE, BigDecimal.valueOf(2), 1.5f, 3, true,
					'x', DayOfWeek.MONDAY, List.of(1L, 2L), Set.of(1), new TreeMap<>(Map.of("a", 1L, "b", 2L)),
					new int[] { 1, 2 }, null, Tuple.of()));
	}

	@Test
	void whenFieldDoesNotFitThenItFails() {
		assertRefused(Map.of("item", 1, "count", 1),
				"that makes no " + Order.class.getName() + ": 'item' does not fit");
		assertRefused(Map.of("item", "tea", "count", 1L << 31), "'count' does not fit");
		assertRefused(Map.of("item", "tea", "count", 1.0), "'count' does not fit");
		assertRefused(Map.of("item", "tea", "count", true), "'count' does not fit");
		assertRefused(Map.of("item", "tea"), "'count' does not fit");
		assertRefused(Map.of("item", "tea", "count", -1), "makes no " + Order.class.getName());
		assertThat(decode(PickledObject.instance("shop", "Order").withState(Map.of("count", 1))))
			.isEqualTo(new Order(null, 1));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> decode(PickledObject.call("shop", "Outer.Inner", 1)))
			.withMessageContaining("fields come in order, which only a record has");
	}

	@Test
	void whenFieldIsRecordOrBeanThenTupleOrDictMakesIt() {
		assertThat(convert(Tuple.of("tea", 2), Order.class)).isEqualTo(new Order("tea", 2));
		assertThat(convert(Map.of("item", "tea", "count", 2), Order.class)).isEqualTo(new Order("tea", 2));
		assertThat(convert(Map.of("value", List.of(1)), Inner.class)).isInstanceOfSatisfying(Inner.class,
				(inner) -> assertThat(inner.getValue()).containsExactly(1L));
		assertThat(this.codec.convert(List.of(Tuple.of(1, 2)),
				ResolvableType.forClassWithGenerics(List.class, Point.class)))
			.isEqualTo(List.of(new Point(1, 2)));
		assertThat(convert(7, long.class)).isEqualTo(7L);
		for (Object value : List.of(List.of("tea", 2), Tuple.of(2, "tea"), Tuple.of("tea"), "tea", 1)) {
			assertThatIllegalArgumentException().isThrownBy(() -> convert(value, Order.class));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> convert(Map.of(), Thread.State.class));
		assertThatIllegalArgumentException().isThrownBy(() -> convert(Map.of("a", 1), Number.class));
	}

	private Object convert(Object value, Class<?> type) {
		return this.codec.convert(value, ResolvableType.forClass(type));
	}

	@Test
	void whenClassIsOnlyNamedThenItIsNotLoaded() {
		assertThat(decode(PickledObject.named("shop", "Order"))).isEqualTo(PickledObject.named("shop", "Order"));
		assertThat(decode(PickledObject.instance("com.example", "Order")))
			.isEqualTo(PickledObject.instance("com.example", "Order"));
		assertThat(decode(PickledObject.instance("java.lang", "Runtime")))
			.isEqualTo(PickledObject.instance("java.lang", "Runtime"));
	}

	@Test
	void whenMappingIsOfNoUseThenItIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PickleCodec.builder().map("shop.Order", Thread.State.class))
			.withMessageContaining("neither a record nor a bean");
		assertThatIllegalArgumentException().isThrownBy(() -> PickleCodec.builder().map("shop.Order", Number.class))
			.withMessageContaining("neither a record nor a bean");
		assertThatIllegalArgumentException().isThrownBy(() -> PickleCodec.builder().map("Order", Order.class))
			.withMessageContaining("'Order'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PickleCodec.builder().map("a.B", Order.class).map("a.C", Order.class))
			.withMessageContaining("mapped already");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PickleCodec.builder().map("a.B", Order.class).map("a.B", Point.class))
			.withMessageContaining("mapped already");
	}

	private void assertRefused(Map<String, Object> state, String message) {
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> decode(PickledObject.instance("shop", "Order").withState(state)))
			.withMessageStartingWith("Codec pickle received a shop.Order ")
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

	private Object read(String expression, int protocol) {
		byte[] pickle = python.dumps(expression, protocol);
		return this.codec.decode(pickle, 0, pickle.length);
	}

	private Object decode(PickledObject object) {
		byte[] pickle = PickleCodec.builder().build().encode(object);
		return this.codec.decode(pickle, 0, pickle.length);
	}

}
