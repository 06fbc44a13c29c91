package dev.sockets.runtime;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

import dev.sockets.InboxOverflow;
import dev.sockets.SocketEndpoint;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.SocketEvent;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedInboxTests {

	private static final int MEMORY = 10_000;

	private final AtomicLong used = new AtomicLong();

	private final InboxMemory memory = new InboxMemory(() -> this.used.get() >= MEMORY, this.used::addAndGet);

	private final SocketEvent event = new EndpointStartedEvent(Mockito.mock(SocketEndpoint.class), null);

	@ParameterizedTest
	@EnumSource
	void whenMemoryIsUsedByManySmallEventsThenLargeOnesTakeNoMoreThanThose(InboxOverflow overflow) {
		BoundedInbox inbox = inbox(1000, overflow);
		for (int i = 0; i < 100; i++) {
			inbox.add(this.event, 0, false);
		}
		assertThat(this.used).hasValueBetween(MEMORY, MEMORY + 300);
		for (int i = 0; i < 100; i++) {
			inbox.add(this.event, 3000, false);
			assertThat(this.used).hasValueBetween(MEMORY / 2, MEMORY + 3300);
		}
		assertThat(inbox.drain()).isNotEmpty();
		assertThat(this.used).hasValue(0);
	}

	@Test
	void whenOthersUseTheMemoryThenAnInboxKeepsAsMuchAsItHas() {
		BoundedInbox inbox = inbox(1000, InboxOverflow.DROP_OLDEST);
		for (int i = 0; i < 10; i++) {
			inbox.add(this.event, 100, false);
		}
		this.used.addAndGet(MEMORY);
		for (int i = 0; i < 10; i++) {
			inbox.add(this.event, 100, false);
		}
		assertThat(inbox.size()).isEqualTo(10);
		inbox.add(this.event, 1_000_000, false);
		assertThat(inbox.size()).isEqualTo(1);
	}

	@Test
	void whenThereAreAsManyAsMayBeThenEachTakesThePlaceOfOne() {
		BoundedInbox inbox = inbox(10, InboxOverflow.DROP_OLDEST);
		for (int i = 0; i < 20; i++) {
			inbox.add(this.event, (i < 10) ? 0 : 500, false);
			assertThat(inbox.size()).isEqualTo(Math.min(i + 1, 10));
		}
	}

	private BoundedInbox inbox(int capacity, InboxOverflow overflow) {
		return Objects.requireNonNull(BoundedInbox.of(capacity, overflow, this.memory));
	}

}
