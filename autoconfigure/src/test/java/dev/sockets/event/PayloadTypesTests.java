package dev.sockets.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which listeners get an event, by the type of its payload.
 */
class PayloadTypesTests {

	@ParameterizedTest
	@ValueSource(classes = { LinkedHashMap.class, HashMap.class, TreeMap.class })
	void whenPayloadIsMapOfTheJdkThenListenersOfMapsGetIt(Class<? extends Map<String, Object>> type) throws Exception {
		assertThat(heard(type.getConstructor().newInstance())).containsExactlyInAnyOrder("any", "raw", "map",
				"mapOfAny", "mapOfAnything", "rawMap", "extendsMap");
	}

	@Test
	void whenPayloadIsImmutableMapThenListenersOfMapsGetIt() {
		assertThat(heard(Map.of("a", 1))).contains("map");
	}

	@Test
	void whenPayloadIsListOfTheJdkThenListenersOfListsGetIt() {
		assertThat(heard(new ArrayList<>())).containsExactlyInAnyOrder("any", "raw", "list");
		assertThat(heard(List.of(1))).containsExactlyInAnyOrder("any", "raw", "list");
	}

	@Test
	void whenPayloadHasOpenTypeParametersThenListenersOfOtherClassesDoNotGetIt() {
		assertThat(heard(Optional.empty())).containsExactlyInAnyOrder("any", "raw");
		assertThat(heard(new LinkedHashSet<>(Set.of(1)))).containsExactlyInAnyOrder("any", "raw");
		assertThat(heard(Set.of(1))).containsExactlyInAnyOrder("any", "raw");
	}

	@Test
	void whenPayloadIsOfOwnClassThenListenersOfItGetIt() {
		assertThat(heard(new Order())).containsExactlyInAnyOrder("any", "raw", "order", "extendsMessage");
		assertThat(heard("text")).containsExactlyInAnyOrder("any", "raw");
	}

	private static List<String> heard(Object payload) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Listeners.class)) {
			context.publishEvent(new Event<>(payload));
			return context.getBean(Listeners.class).heard;
		}
	}

	interface Message {

	}

	static final class Order implements Message {

	}

	private record Event<T>(T payload) implements ResolvableTypeProvider {

		private static final PayloadTypes TYPES = new PayloadTypes(Event.class);

		@Override
		public ResolvableType getResolvableType() {
			return TYPES.get(this.payload.getClass());
		}

	}

	static class Listeners {

		private final List<String> heard = new ArrayList<>();

		@EventListener
		void any(Event<?> event) {
			this.heard.add("any");
		}

		@EventListener
		@SuppressWarnings("rawtypes")
		void raw(Event event) {
			this.heard.add("raw");
		}

		@EventListener
		void object(Event<Object> event) {
			this.heard.add("object");
		}

		@EventListener
		void map(Event<Map<String, Object>> event) {
			this.heard.add("map");
		}

		@EventListener
		void mapOfAny(Event<Map<String, ?>> event) {
			this.heard.add("mapOfAny");
		}

		@EventListener
		void mapOfAnything(Event<Map<?, ?>> event) {
			this.heard.add("mapOfAnything");
		}

		@EventListener
		@SuppressWarnings("rawtypes")
		void rawMap(Event<Map> event) {
			this.heard.add("rawMap");
		}

		@EventListener
		void extendsMap(Event<? extends Map<String, Object>> event) {
			this.heard.add("extendsMap");
		}

		@EventListener
		void list(Event<List<Object>> event) {
			this.heard.add("list");
		}

		@EventListener
		void order(Event<Order> event) {
			this.heard.add("order");
		}

		@EventListener
		void message(Event<Message> event) {
			this.heard.add("message");
		}

		@EventListener
		void extendsMessage(Event<? extends Message> event) {
			this.heard.add("extendsMessage");
		}

	}

}
