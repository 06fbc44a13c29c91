package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Sends that leave together: in order, each once, whatever the ring and the sockets take.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SendBatchTests {

	private static final int COUNT = 8;

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final List<NativePair> pairs = new ArrayList<>();

	private EpollSelector selector;

	@BeforeEach
	void open() throws IOException {
		LinuxSelectorProvider provider = new LinuxSelectorProvider(this.failures::add);
		this.selector = (EpollSelector) provider.openSelector();
		assumeThat(this.selector.batch()).as("io_uring: " + provider.withoutRing()).isNotNull();
		for (int i = 0; i < COUNT; i++) {
			this.pairs.add(new NativePair(this.selector));
		}
		this.selector.selectNow();
	}

	@AfterEach
	void close() throws IOException {
		for (NativePair pair : this.pairs) {
			pair.close();
		}
		this.selector.close();
	}

	@Test
	void whenTheThreadOfTheSelectorWritesThenAllLeavesWhenItSelectsAgain() throws IOException {
		writeToAll("one");
		assertThat(this.pairs.get(0).peer.getInputStream().available()).isZero();
		this.selector.selectNow();
		expectOfAll("one");
		assertThat(this.failures).isEmpty();
	}

	@Test
	void whenAnotherThreadWritesThenThatLeavesBehindWhatWaited() throws Exception {
		writeToAll("one");
		Thread other = new Thread(() -> write(this.pairs.get(0), "two"));
		other.start();
		other.join();
		assertThat(this.pairs.get(0).read(6)).isEqualTo("onetwo");
	}

	@Test
	void whenTheRingFailsThenWhatWaitsIsSentOnceAndSendingGoesOnWithoutIt() throws IOException {
		writeToAll("one");
		breakRing();
		this.selector.selectNow();
		expectOfAll("one");
		writeToAll("two");
		Awaitility.await().until(() -> this.pairs.get(0).peer.getInputStream().available() == 3);
		this.selector.selectNow();
		expectOfAll("two");
		assertThat(this.failures).hasSize(1);
		expectNothingMore();
	}

	@Test
	void whenTheRingFailsAfterItHasTakenSomeThenOnlyTheOthersAreSentWithoutIt() throws IOException {
		writeToAll("one");
		submitSome(3);
		breakRing();
		this.selector.selectNow();
		expectOfAll("one");
		assertThat(this.failures).hasSize(1);
		expectNothingMore();
	}

	@Test
	void whenTheRingFailsThenARestOfWhatItHadTakenIsKept() throws IOException {
		String large = "x".repeat(8000);
		writeToAll(large);
		this.selector.selectNow();
		int[] taken = new int[COUNT];
		for (int i = 0; i < COUNT; i++) {
			taken[i] = large.length() + this.pairs.get(i).channel.writeBatched(bytes("y".repeat(8000)));
		}
		submitSome(3);
		breakRing();
		this.selector.selectNow();
		assertThat(this.pairs.subList(0, 3)).anyMatch((pair) -> pair.channel.hasNews());
		for (int i = 0; i < COUNT; i++) {
			readWhileSending(this.pairs.get(i), (large + "y".repeat(8000)).substring(0, taken[i]));
			assertThat(this.pairs.get(i).channel.sendHeld()).isZero();
		}
		expectNothingMore();
	}

	@Test
	void whenASocketTakesAPartThenItsKeyIsToldUntilSomebodyAsks() throws IOException {
		NativePair pair = this.pairs.get(0);
		fill(pair);
		for (int i = 0; i < 2; i++) {
			List<SelectionKey> told = new ArrayList<>();
			this.selector.selectNow(told::add);
			assertThat(told).containsExactly(pair.key);
			assertThat(pair.key.readyOps()).isEqualTo(SelectionKey.OP_WRITE);
		}
		pair.channel.sendHeld();
		assertThat(this.selector.selectNow()).isZero();
	}

	@Test
	void whenAPeerHasResetThenTheKeyIsToldThoughNothingIsLookedForAndTheNextCallFails() throws IOException {
		NativePair pair = this.pairs.get(0);
		pair.peer.setSoLinger(true, 0);
		pair.peer.close();
		Awaitility.await().until(() -> !isConnected(pair));
		assertThat(pair.channel.writeBatched(bytes("lost"))).isEqualTo(4);
		List<SelectionKey> told = new ArrayList<>();
		this.selector.select(told::add, 30_000);
		assertThat(told).containsExactly(pair.key);
		assertThatIOException().isThrownBy(pair.channel::sendHeld);
		assertThatIOException().isThrownBy(() -> pair.channel.write(bytes("more")));
		assertThat(this.selector.selectNow()).isZero();
	}

	@Test
	void whenSocketsTakeAPartThousandsOfTimesThenEveryByteArrivesInOrder() throws Exception {
		Random random = new Random(1);
		StringBuilder[] expected = new StringBuilder[COUNT];
		StringBuilder[] received = new StringBuilder[COUNT];
		for (int i = 0; i < COUNT; i++) {
			expected[i] = new StringBuilder();
			received[i] = new StringBuilder();
		}
		int parts = 0;
		for (int round = 0; round < 4000; round++) {
			for (int i = 0; i < COUNT; i++) {
				LinuxSocketChannel channel = this.pairs.get(i).channel;
				String text = String.valueOf((char) ('a' + random.nextInt(26))).repeat(1 + random.nextInt(3000));
				int taken = random.nextInt(8) == 0 ? channel.write(bytes(text)) : channel.writeBatched(bytes(text));
				expected[i].append(text, 0, taken);
			}
			this.selector.selectNow();
			for (int i = 0; i < COUNT; i++) {
				parts += (this.pairs.get(i).channel.sendHeld() > 0) ? 1 : 0;
				int available = this.pairs.get(i).peer.getInputStream().available();
				received[i].append(this.pairs.get(i).read(random.nextInt(available + 1)));
			}
		}
		for (int i = 0; i < COUNT; i++) {
			LinuxSocketChannel channel = this.pairs.get(i).channel;
			while (received[i].length() < expected[i].length()) {
				channel.sendHeld();
				received[i].append(this.pairs.get(i).read(this.pairs.get(i).peer.getInputStream().available()));
			}
			assertThat(received[i].toString()).isEqualTo(expected[i].toString());
		}
		assertThat(parts).isGreaterThan(1000);
	}

	@Test
	void whenTheOutputEndsThenWhatWaitedLeavesBefore() throws IOException {
		NativePair pair = this.pairs.get(0);
		write(pair, "last");
		pair.channel.shutdownOutput();
		assertThat(pair.peer.getInputStream().readAllBytes()).asString().isEqualTo("last");
	}

	@Test
	void whenASocketIsClosedThenWhatWaitedLeavesBefore() throws IOException {
		NativePair pair = this.pairs.get(0);
		write(pair, "last");
		pair.channel.close();
		assertThat(pair.peer.getInputStream().readAllBytes()).asString().isEqualTo("last");
	}

	@Test
	void whenTheSelectorIsClosedThenWhatWaitsLeavesAndNothingIsBatchedAnyMore() throws Exception {
		writeToAll("one");
		this.selector.close();
		expectOfAll("one");
		writeToAll("two");
		expectOfAll("two");
		this.selector.sendBatch();
		this.selector.wakeup();
		for (NativePair pair : this.pairs) {
			assertThat(pair.channel.sendHeld()).isZero();
		}
	}

	@Test
	void whenASocketIsWatchedByAnotherSelectorThenItsNewsGoThere() throws IOException {
		NativePair pair = this.pairs.get(0);
		fill(pair);
		try (EpollSelector other = (EpollSelector) this.selector.provider().openSelector()) {
			SelectionKey key = pair.channel.register(other, 0);
			List<SelectionKey> told = new ArrayList<>();
			other.selectNow(told::add);
			assertThat(told).containsExactly(key);
		}
	}

	/** A reset may take a while also on this machine. */
	private static boolean isConnected(NativePair pair) {
		return Scratch.with((scratch) -> {
			Memory.putInt(scratch.small + Addresses.LONGEST, Addresses.LONGEST);
			return LibC.name(scratch.state, true, pair.channel.descriptor().number, scratch.small,
					scratch.small + Addresses.LONGEST);
		}) == 0;
	}

	private void fill(NativePair pair) throws IOException {
		int held = 0;
		for (int i = 0; i < 20 && held == 0; i++) {
			write(pair, "x".repeat(8000));
			this.selector.sendBatch();
			held = pair.channel.hasNews() ? 1 : 0;
		}
		assertThat(held).isPositive();
	}

	private void readWhileSending(NativePair pair, String expected) throws IOException {
		StringBuilder received = new StringBuilder();
		while (received.length() < expected.length()) {
			pair.channel.sendHeld();
			received.append(pair.read(pair.peer.getInputStream().available()));
		}
		assertThat(received.toString()).isEqualTo(expected);
	}

	private void writeToAll(String text) {
		this.pairs.forEach((pair) -> write(pair, text));
	}

	private static void write(NativePair pair, String text) {
		try {
			assertThat(pair.channel.writeBatched(bytes(text))).isEqualTo(text.length());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	private void expectOfAll(String text) throws IOException {
		for (NativePair pair : this.pairs) {
			assertThat(pair.read(text.length())).isEqualTo(text);
		}
	}

	private void expectNothingMore() throws IOException {
		for (NativePair pair : this.pairs) {
			pair.channel.shutdownOutput();
			assertThat(pair.peer.getInputStream().readAllBytes()).isEmpty();
		}
	}

	private SendRing ring() {
		return Objects.requireNonNull(this.selector.batch()).ring();
	}

	/** What the system does when it has taken some and then fails. */
	private void submitSome(int count) {
		assertThat(Scratch.with((scratch) -> ring().enter(count, scratch))).isEqualTo(count);
	}

	/** Its number is that of something else from now on. */
	private void breakRing() {
		int dup3 = System.getProperty("os.arch").equals("amd64") ? 292 : 24;
		int number = ring().descriptor;
		Scratch.with((scratch) -> {
			int other = LibC.eventfd(scratch.state, Constants.NONBLOCK_CLOEXEC);
			assertThat(LibC.syscall(scratch.state, dup3, other, number, Constants.CLOEXEC, 0)).isEqualTo(number);
			return LibC.close(scratch.state, other);
		});
		Awaitility.await().until(() -> Scratch.with((scratch) -> ring().enter(0, scratch)) < 0);
	}

}
