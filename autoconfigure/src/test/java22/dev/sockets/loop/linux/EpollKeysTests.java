package dev.sockets.loop.linux;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is told of an event, when numbers are used again.
 */
@EnabledOnOs(OS.LINUX)
class EpollKeysTests {

	/** Nothing that is open in this JVM has it. */
	private static final int NUMBER = 100_000;

	private final EpollKeys keys = new EpollKeys();

	@Test
	void whenANumberIsUsedAgainThenOnlyTheNewKeyIsFoundByIt() throws IOException {
		try (EpollSelector selector = open()) {
			EpollKey first = this.keys.make(selector, channel());
			EpollKey second = this.keys.make(selector, channel());
			assertThat(this.keys.find(NUMBER, first.generation)).isNull();
			assertThat(this.keys.find(NUMBER, second.generation)).isSameAs(second);
			this.keys.forget(first);
			assertThat(this.keys.find(NUMBER, second.generation)).isSameAs(second);
		}
	}

	@Test
	void whenAChannelIsClosedWhileItIsRegisteredThenWhoHasItsNumberByNowIsToldAllTheSame() throws IOException {
		try (EpollSelector selector = open()) {
			EpollChannel closed = channel();
			closed.descriptor().release();
			EpollKey key = this.keys.make(selector, channel());
			EpollKey late = this.keys.make(selector, closed);
			assertThat(this.keys.find(NUMBER, key.generation)).isSameAs(key);
			this.keys.forget(late);
			assertThat(this.keys.find(NUMBER, key.generation)).isSameAs(key);
		}
	}

	private static EpollSelector open() throws IOException {
		return (EpollSelector) LinuxSelectorProvider.withoutRing("not needed").openSelector();
	}

	private static EpollChannel channel() {
		return new LinuxSocketChannel(LinuxSelectorProvider.withoutRing("not needed"), Constants.AF_INET, NUMBER, null);
	}

}
