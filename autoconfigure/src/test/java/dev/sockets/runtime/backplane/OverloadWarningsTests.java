package dev.sockets.runtime.backplane;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says of frames that there was no room for.
 */
class OverloadWarningsTests {

	@AutoClose
	private final LogLines log = new LogLines(Backplane.class.getName());

	private final BackplaneCounters counters = new BackplaneCounters();

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);

	private final OverloadWarnings warnings = new OverloadWarnings("n1", this.counters, this.now::get);

	@Test
	void whenFramesFindNoRoomThenOneLineAMinuteNamesNodeAndProperty() {
		drop(1000);
		assertThat(this.log.all())
			.containsExactly("WARN Node 'n1' sends more to other nodes than the broker takes: what would go beyond "
					+ "the 4,096 bytes of sockets.backplane.outbound.max-pending is lost to other nodes, "
					+ "dropped frames so far: 1");
		this.now.addAndGet(TimeUnit.SECONDS.toNanos(59));
		drop(1000);
		assertThat(this.log.all()).hasSize(1);
		this.now.addAndGet(TimeUnit.SECONDS.toNanos(1));
		drop(1000);
		assertThat(this.log.all()).hasSize(2).last().asString().endsWith("dropped frames so far: 2,001");
	}

	private void drop(int count) {
		for (int i = 0; i < count; i++) {
			this.counters.drop(DropReason.FULL);
			this.warnings.outbound(4096);
		}
	}

	@Test
	void whenServersGetMoreThanTheyCanDeliverThenEachIsNamed() {
		for (String server : new String[] { "hub", "hub", "echo" }) {
			this.counters.drop(DropReason.INBOUND_FULL);
			this.warnings.inbound(server, 8192);
		}
		assertThat(this.log.all()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("8,192 bytes of sockets.backplane.inbound.max-pending"))
			.anySatisfy((line) -> assertThat(line).contains("for 'hub'"))
			.anySatisfy((line) -> assertThat(line).contains("for 'echo'"));
	}

}
