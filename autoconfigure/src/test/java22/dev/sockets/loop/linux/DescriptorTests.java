package dev.sockets.loop.linux;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A number is given back to the system when nobody uses it any more, and once.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class DescriptorTests {

	private final AtomicInteger closings = new AtomicInteger();

	private final Descriptor descriptor = new Descriptor(open(), this.closings::incrementAndGet);

	@Test
	void whenItIsReleasedAndNobodyUsesItThenItIsClosed() {
		assertThat(isOpen()).isTrue();
		this.descriptor.release();
		assertThat(isOpen()).isFalse();
		assertThat(this.closings).hasValue(1);
	}

	@Test
	void whenItIsReleasedWhileAnotherThreadUsesItThenItIsClosedWhenThatHasEnded() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		Thread user = new Thread(() -> {
			assertThat(this.descriptor.tryBegin()).isTrue();
			begun.countDown();
			await(released);
			this.descriptor.end();
		});
		user.start();
		await(begun);
		this.descriptor.release();
		assertThat(isOpen()).isTrue();
		assertThat(this.closings).hasValue(0);
		released.countDown();
		user.join();
		assertThat(isOpen()).isFalse();
		assertThat(this.closings).hasValue(1);
	}

	@Test
	void whenItIsReleasedThenNobodyBeginsToUseItThoughSomebodyStillDoes() throws Exception {
		this.descriptor.begin();
		this.descriptor.release();
		assertThat(this.descriptor.tryBegin()).isFalse();
		assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(this.descriptor::begin);
		assertThat(isOpen()).isTrue();
		this.descriptor.end();
		assertThat(isOpen()).isFalse();
		assertThat(this.descriptor.tryBegin()).isFalse();
		assertThat(this.closings).hasValue(1);
	}

	@Test
	void whenManyUseItWhileItIsReleasedThenItIsClosedOnceAndNobodyIsInsideThen() throws Exception {
		for (int round = 0; round < 500; round++) {
			AtomicInteger inside = new AtomicInteger();
			AtomicInteger closed = new AtomicInteger();
			Descriptor shared = new Descriptor(open(), () -> closed.addAndGet(1 + inside.get()));
			CountDownLatch begun = new CountDownLatch(3);
			Thread[] users = new Thread[3];
			for (int i = 0; i < users.length; i++) {
				users[i] = new Thread(() -> {
					begun.countDown();
					while (shared.tryBegin()) {
						inside.incrementAndGet();
						inside.decrementAndGet();
						shared.end();
					}
				});
				users[i].start();
			}
			await(begun);
			shared.release();
			for (Thread user : users) {
				user.join();
			}
			assertThat(closed).hasValue(1);
		}
	}

	@Test
	void whenWhatComesBeforeClosingThrowsThenItIsClosedAllTheSame() {
		Descriptor throwing = new Descriptor(open(), () -> {
			throw new IllegalStateException("on purpose");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(throwing::release);
		assertThat(isOpen(throwing.number)).isFalse();
	}

	private boolean isOpen() {
		return isOpen(this.descriptor.number);
	}

	/** Nobody else in this JVM opens anything meanwhile that would get the number. */
	private static boolean isOpen(int number) {
		return Scratch.with((scratch) -> {
			Memory.putInt(scratch.small + Addresses.LONGEST, Addresses.LONGEST);
			return LibC.name(scratch.state, false, number, scratch.small, scratch.small + Addresses.LONGEST);
		}) == 0;
	}

	private static int open() {
		return Scratch.with((scratch) -> LibC.socket(scratch.state, Constants.AF_UNIX, Constants.STREAM));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
