package dev.sockets.loop;

import java.io.IOException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is closed when all memory is used for some time.
 */
@Timeout(60)
class MemoryReliefTests {

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private EventLoop loop;

	@BeforeEach
	void useUp() throws IOException {
		this.loops.acquire();
		this.loop = this.loops.next();
		this.loops.memory().add(this.loops.memory().max());
	}

	@AfterEach
	void stop() {
		this.loops.memory().add(-this.loops.memory().max());
		this.loops.release();
	}

	@Test
	void whenOneHoldsMuchThenItIsClosedAndNotThoseThatHoldLittle() throws IOException {
		try (PipeReader much = holding(this.loops.memory().max() / 2); PipeReader little = holding(2048)) {
			Awaitility.await().until(() -> much.reliefs.get() > 0);
			assertThat(little.reliefs).hasValue(0);
		}
	}

	@Test
	void whenAllHoldLittleThenNobodyIsClosed() throws IOException {
		try (PipeReader most = holding(2048); PipeReader other = holding(9)) {
			Awaitility.await().until(() -> most.ticks.get() > 10);
			assertThat(most.reliefs).hasValue(0);
			assertThat(other.reliefs).hasValue(0);
		}
	}

	private PipeReader holding(long bytes) throws IOException {
		PipeReader reader = new PipeReader(this.loop);
		reader.heldBytes = bytes;
		return reader;
	}

}
