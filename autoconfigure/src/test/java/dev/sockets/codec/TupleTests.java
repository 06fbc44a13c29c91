package dev.sockets.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Tuple}.
 */
class TupleTests {

	@Test
	void whenTupleIsMadeThenItIsListThatDoesNotChange() {
		Tuple tuple = Tuple.of(1, "a");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tuple.set(0, 2));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tuple.add(2));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tuple.remove(0));
		assertThat(tuple).containsExactly(1, "a");
		assertThat(Tuple.of()).isEmpty();
		assertThat(Tuple.of((Object) null)).containsExactly((Object) null);
	}

	@Test
	void whenSourceChangesThenTupleDoesNot() {
		String[] array = { "a", "b" };
		List<String> list = new ArrayList<>(List.of("a", "b"));
		Tuple ofArray = Tuple.of((Object[]) array);
		Tuple ofList = Tuple.copyOf(list);
		array[0] = "x";
		list.set(0, "x");
		ofArray.toArray()[0] = "x";
		assertThat(ofArray).isEqualTo(ofList).containsExactly("a", "b");
		assertThat(Tuple.copyOf(ofList)).isSameAs(ofList);
		assertThat(ofArray.toArray()).isExactlyInstanceOf(Object[].class);
	}

	@Test
	void whenTupleIsComparedThenItEqualsListOfItsElements() {
		assertThat(Tuple.of(1, null)).isEqualTo(Arrays.asList(1, null)).hasSameHashCodeAs(Arrays.asList(1, null));
		assertThat(List.of(1)).isEqualTo(Tuple.of(1)).isNotEqualTo(Tuple.of(2));
	}

	@Test
	void whenTupleIsKeyThenItIsFound() {
		Map<Object, String> map = new HashMap<>(Map.of(Tuple.of("x", Tuple.of(1)), "found"));
		assertThat(map.get(Tuple.of("x", Tuple.of(1)))).isEqualTo("found");
	}

}
