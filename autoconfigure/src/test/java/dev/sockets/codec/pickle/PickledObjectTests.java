package dev.sockets.codec.pickle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Objects of classes that are not mapped come inert, and an equal one goes back.
 */
@Timeout(120)
class PickledObjectTests {

	private static final int HIGHEST_PROTOCOL = 5;

	private static Python python;

	private final PickleCodec codec = PickleCodec.builder().build();

	private final PickleCodec protocol3 = PickleCodec.builder().protocol(3).build();

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
	@ValueSource(strings = { "shop.Order('tea', 2)", "shop.Ticket(7, ('a',))", "shop.Slotted(1, 2)",
			"shop.Point(1, [2])", "shop.Color.RED", "shop.Color.GREEN", "shop.Outer.Inner({'a': b'b'})",
			"shop.names('x', 'y')", "shop.Stock(a=1, b=2)", "shop.Bag([1])", "shop.OrderError(7, 'no tea')",
			"shop.Keywords(1, second=2)", "ValueError('boom')", "KeyError", "len", "complex(1, -2)", "range(1, 5)",
			"slice(1, 2)", "datetime.date(2024, 2, 29)", "datetime.datetime(2024, 2, 29, 23, 59, 58, 999999)",
			"datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc)", "datetime.timedelta(1, 2, 3)",
			"decimal.Decimal('1.10')", "decimal.Decimal('NaN').is_nan() and decimal.Decimal('Infinity')",
			"uuid.UUID(int=2**127 + 5)", "collections.defaultdict(int, a=1)", "collections.Counter('abca')",
			"collections.deque([1, 2], 5)", "collections.UserDict(a=1).data", "Exception()",
			"[shop.Order('a', 1), {shop.Color.RED: datetime.date(2024, 1, 1)}]",
			"{datetime.date(2024, 1, 1): 1, uuid.UUID(int=5): 2, shop.Point(1, 2): 3}" })
	void whenObjectGoesBackThenPythonGetsEqualOne(String expression) {
		for (int protocol = lowestProtocol(expression); protocol <= HIGHEST_PROTOCOL; protocol++) {
			byte[] pickle = python.dumps(expression, protocol);
			Object object = this.codec.decode(pickle, 0, pickle.length);
			python.assertReads(this.codec.encode(object), expression);
			python.assertReads(this.protocol3.encode(object), expression);
		}
	}

	@Test
	void whenClassIsUnknownThenObjectSaysWhatItIsMadeOf() {
		for (int protocol = 0; protocol <= HIGHEST_PROTOCOL; protocol++) {
			assertThat(read("shop.Order('tea', 2)", protocol)).as("protocol " + protocol)
				.isEqualTo(PickledObject.instance("shop", "Order").withState(Map.of("item", "tea", "count", 2)));
			assertThat(read("shop.Color.RED", protocol)).isEqualTo(PickledObject.call("shop", "Color", 1));
			assertThat(read("ValueError", protocol)).isEqualTo(PickledObject.named("builtins", "ValueError"));
			assertThat(read("datetime.date(2024, 2, 29)", protocol))
				.isEqualTo(PickledObject.call("datetime", "date", new byte[] { 7, (byte) 232, 2, 29 }));
			assertThat(read("shop.Outer.Inner(1)", protocol))
				.isEqualTo(PickledObject.instance("shop", "Outer.Inner").withState(Map.of("value", 1)));
		}
		assertThat(read("shop.Point(1, [2])", 4)).isEqualTo(PickledObject.instance("shop", "Point", 1, List.of(2)));
		assertThat(read("shop.names('x')", 2)).isEqualTo(
				PickledObject.instance("shop", "Names").withItems(List.of("x")).withState(Map.of("owner", "me")));
		assertThat(read("shop.Stock(a=1)", 2))
			.isEqualTo(PickledObject.instance("shop", "Stock").withEntries(Map.of("a", 1)));
		assertThat(read("shop.Slotted(1, 2)", 2))
			.isEqualTo(PickledObject.instance("shop", "Slotted").withState(Tuple.of(null, Map.of("x", 1, "y", 2))));
		for (int protocol = 2; protocol <= HIGHEST_PROTOCOL; protocol++) {
			assertThat(read("shop.Keywords(1, second=2)", protocol))
				.isEqualTo(PickledObject.instance("shop", "Keywords", 1)
					.withKeywords(Map.of("second", 2))
					.withState(Map.of("first", 1, "second", 2)));
		}
	}

	@Test
	void whenErrorTravelsThenItsFramesAreThere() {
		byte[] pickle = python.dumps("(ValueError, ValueError('boom'), traceback.StackSummary.from_list("
				+ "[traceback.FrameSummary('robot.py', 12, 'move', line='go()')]))", 4);
		Tuple error = (Tuple) this.codec.decode(pickle, 0, pickle.length);
		assertThat(error.get(0)).isEqualTo(PickledObject.named("builtins", "ValueError"));
		PickledObject summary = (PickledObject) error.get(2);
		assertThat(summary.type()).isEqualTo("traceback.StackSummary");
		assertThat(summary.items()).singleElement().isInstanceOfSatisfying(PickledObject.class, (frame) -> {
			assertThat(frame.type()).isEqualTo("traceback.FrameSummary");
			assertThat(frame.state()).isInstanceOfSatisfying(Tuple.class,
					(state) -> assertThat((Map<?, ?>) state.get(1)).isNotNull()
						.extracting("filename", "lineno", "name")
						.containsExactly("robot.py", 12, "move"));
		});
		assertThat(python.show(this.codec.encode(error)))
			.isEqualTo("(<class 'ValueError'>, ValueError('boom'), [<FrameSummary file robot.py, line 12 in move>])");
	}

	@ParameterizedTest
	@ValueSource(strings = { "c__builtin__\nset\nK\1\u0085R.", "c__builtin__\nset\n]]\u0086R.",
			"c__builtin__\nbytes\nK\1\u0085R.", "c__builtin__\nbytearray\nK\1\u0085R.",
			"c_codecs\nencode\nV\\u20ac\nVlatin1\n\u0086R.", "c_codecs\nencode\nVa\nVutf-8\n\u0086R.",
			"ccollections\nOrderedDict\n]\u0085R.", "c__builtin__\nset\n)R}Va\nK\1sb.", "c__builtin__\nset\n)RNa.",
			"c__builtin__\ngetattr\nK\1Va\n\u0086R.", "c_codecs\nencode\n)\u0081." })
	void whenCallOnlyLooksLikeDataThenItIsInert(String pickle) {
		byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.codec.decode(bytes, 0, bytes.length)).isInstanceOf(PickledObject.class);
	}

	@Test
	void whenObjectIsKeyThenItsPartsAreNone() {
		assertThat(this.codec.encode(Map.of(PickledObject.call("shop", "f", List.of(1), Set.of(2)), 1)))
			.asString(StandardCharsets.ISO_8859_1)
			.contains("]K\1a", "\u008f(K\2\u0090");
	}

	@Test
	void whenErrorIsMadeHereThenPythonReadsIt() {
		python.assertReads(
				this.codec.encode(Tuple.of(PickledObject.named("builtins", "ValueError"), "boom",
						List.of(Tuple.of("Foo.java", 12, "bar", "x();")))),
				"(ValueError, 'boom', [('Foo.java', 12, 'bar', 'x();')])");
	}

	@Test
	void whenObjectsAreMadeAlikeThenTheyAreEqual() {
		PickledObject object = PickledObject.call("shop", "f", new byte[] { 1 }, Arrays.asList(1, null));
		assertThat(object).isEqualTo(PickledObject.call("shop", "f", new byte[] { 1 }, Arrays.asList(1, null)))
			.hasSameHashCodeAs(PickledObject.call("shop", "f", new byte[] { 1 }, Arrays.asList(1, null)))
			.isNotEqualTo(PickledObject.instance("shop", "f", new byte[] { 1 }, Arrays.asList(1, null)))
			.isNotEqualTo(PickledObject.call("shop", "f", new byte[] { 2 }, Arrays.asList(1, null)))
			.isNotEqualTo(PickledObject.call("other", "f", new byte[] { 1 }, Arrays.asList(1, null)))
			.isNotEqualTo(object.withState(1))
			.isNotEqualTo(object.withItems(List.of(1)))
			.isNotEqualTo(object.withEntries(Map.of(1, 1)));
		assertThat(PickledObject.instance("a", "b")).isNotEqualTo(PickledObject.instance("a", "c"))
			.isNotEqualTo(PickledObject.instance("a", "b").withKeywords(Map.of("c", 1)));
	}

	@Test
	void whenObjectIsShownThenItsPartsAre() {
		assertThat(PickledObject.named("builtins", "len")).hasToString("builtins.len");
		assertThat(PickledObject.call("shop", "f", 1, "a").withState(Map.of("b", 2))).hasToString("shop.f[1, a] {b=2}");
	}

	@Test
	void whenNameIsNoneThenItIsRefused() {
		for (String name : List.of("", "a b", "a\nb", "a\u202eb", "\uD800", "x".repeat(1001))) {
			assertThatIllegalArgumentException().isThrownBy(() -> PickledObject.named("shop", name));
			assertThatIllegalArgumentException().isThrownBy(() -> PickledObject.named(name, "Order"));
		}
	}

	@Test
	void whenFunctionIsCalledThenItHasNoKeywords() {
		assertThatIllegalStateException()
			.isThrownBy(() -> PickledObject.call("shop", "f").withKeywords(Map.of("a", 1)));
	}

	/**
	 * Python itself has protocols 0 and 1 neither for slots nor for a {@code __new__}
	 * with arguments.
	 */
	private static int lowestProtocol(String expression) {
		return (expression.contains("Slotted") || expression.contains("Keywords")) ? 2 : 0;
	}

	private Object read(String expression, int protocol) {
		byte[] pickle = python.dumps(expression, protocol);
		return this.codec.decode(pickle, 0, pickle.length);
	}

}
