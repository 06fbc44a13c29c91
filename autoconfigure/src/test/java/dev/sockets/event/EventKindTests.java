package dev.sockets.event;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.objenesis.ObjenesisStd;

import dev.sockets.EventKind;

import static org.assertj.core.api.Assertions.assertThat;

class EventKindTests {

	@Test
	void whenEventsAreAskedForTheirKindThenEachClassHasItsOwn() {
		List<EventKind> kinds = leaves(SocketEvent.class).map((type) -> new ObjenesisStd().newInstance(type))
			.map((event) -> ((SocketEvent) event).getKind())
			.toList();
		assertThat(kinds).containsExactlyInAnyOrder(EventKind.values());
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(EventKindTests::leaves)
				: Stream.of(type);
	}

}
