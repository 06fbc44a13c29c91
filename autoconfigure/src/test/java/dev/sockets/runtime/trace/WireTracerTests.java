package dev.sockets.runtime.trace;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.loop.MemoryBudget;
import dev.sockets.testkit.Pcap;
import dev.sockets.testkit.Pcap.Packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What a trace keeps, for how long, and the file that is made of it.
 */
class WireTracerTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final MemoryBudget memory = new MemoryBudget(100_000_000);

	private final WireTracer tracer = new WireTracer(this.memory);

	private final TracedStream stream = stream("1", "127.0.0.1", "192.0.2.7");

	@Test
	void whenNothingIsToldThenItIsOff() {
		assertThat(this.tracer.isOn()).isFalse();
		this.tracer.add(this.stream, true, bytes(10));
		this.tracer.stop();
		assertThat(this.tracer.last()).isEmpty();
		assertThat(this.memory.used()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 192.0.2.7, 127.0.0.1, 192.0.2.7",
			"::1, 2001:db8::7, 0:0:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:7", "192.0.2.1, ::1, 192.0.2.1, 0:0:0:0:0:0:0:1" })
	void whenBytesHaveGoneBothWaysThenPacketsAreAsOnTheWire(String local, String remote, String localThere,
			String remoteThere) {
		TracedStream stream = stream("1", local, remote);
		this.tracer.start(LONG, null);
		this.tracer.add(stream, true, ByteBuffer.wrap("ask".getBytes()));
		this.tracer.add(stream, false, ByteBuffer.wrap("answer".getBytes()));
		this.tracer.add(stream, true, ByteBuffer.wrap("again".getBytes()));
		List<Packet> packets = packets();
		assertThat(packets).extracting(Packet::source)
			.containsExactly(remoteThere + ":40000", localThere + ":7001", remoteThere + ":40000");
		assertThat(packets).extracting(Packet::target)
			.containsExactly(localThere + ":7001", remoteThere + ":40000", localThere + ":7001");
		assertThat(packets).extracting(Packet::sequence).containsExactly(1L, 1L, 4L);
		assertThat(packets).extracting(Packet::acknowledged).containsExactly(1L, 4L, 7L);
		assertThat(packets).extracting((packet) -> new String(packet.data())).containsExactly("ask", "answer", "again");
		assertThat(packets.get(0).micros() / 1_000_000).isCloseTo(System.currentTimeMillis() / 1000, within(120L));
	}

	@Test
	void whenSidesHaveNoAddressesThenTheyAndConnectionsCanBeToldApart() {
		this.tracer.start(LONG, null);
		for (String id : List.of("a1-7", "a1-8", "a1-16391", "own")) {
			TracedStream stream = TracedStream.withoutPorts(id);
			this.tracer.add(stream, true, ByteBuffer.wrap("ask".getBytes()));
			this.tracer.add(stream, false, ByteBuffer.wrap("answer".getBytes()));
		}
		List<Packet> packets = packets();
		assertThat(packets.subList(0, 6)).extracting(Packet::source)
			.containsExactly("127.0.0.2:49159", "127.0.0.1:49159", "127.0.0.2:49160", "127.0.0.1:49160",
					"127.0.0.2:49159", "127.0.0.1:49159");
		assertThat(packets.subList(0, 2)).extracting(Packet::target)
			.containsExactly("127.0.0.1:49159", "127.0.0.2:49159");
		assertThat(packets.get(6).source()).matches("127\\.0\\.0\\.2:(49[1-9]|5\\d\\d|6[0-5]\\d)\\d\\d");
	}

	@Test
	void whenMuchIsWrittenAtOnceThenItIsSeveralPackets() {
		this.tracer.start(LONG, null);
		ByteBuffer bytes = bytes(200_001);
		this.tracer.add(this.stream, false, bytes);
		assertThat(bytes.remaining()).isEqualTo(200_001);
		List<Packet> packets = packets();
		assertThat(packets).hasSize(4);
		assertThat(Pcap.stream(packets, "127.0.0.1:7001")).isEqualTo(bytes.array());
	}

	@Test
	void whenMoreIsSentThanIsKeptThenTheNewestIsThereAndTheMemoryHasABound() {
		this.tracer.start(LONG, null);
		for (int i = 0; i < 1000; i++) {
			this.tracer.add(this.stream, true, bytes(10_000));
			assertThat(this.memory.used()).isLessThanOrEqualTo(WireTrace.MOST_BYTES);
		}
		WireTrace trace = this.tracer.last().orElseThrow();
		List<Packet> packets = packets();
		assertThat(packets).hasSize(trace.packets()).hasSizeBetween(300, 500);
		assertThat(trace.missing()).isEqualTo(10_000_000L - packets.size() * 10_000L);
		assertThat(packets.get(packets.size() - 1).sequence()).isEqualTo(9_990_001);
		this.tracer.add(this.stream, true, bytes(20_000_000));
		List<Packet> last = packets();
		Packet end = last.get(last.size() - 1);
		assertThat(end.sequence() + end.data().length).isEqualTo(30_000_001);
		assertThat(this.memory.used()).isLessThanOrEqualTo(WireTrace.MOST_BYTES);
	}

	@Test
	void whenTheMemoryOfAllIsUsedUpThenNothingMoreIsKept() {
		this.tracer.start(LONG, null);
		this.tracer.add(this.stream, true, bytes(10));
		this.memory.add(100_000_000);
		this.tracer.add(this.stream, true, bytes(20));
		this.memory.add(-100_000_000);
		this.tracer.add(this.stream, true, bytes(30));
		assertThat(packets()).extracting(Packet::sequence).containsExactly(1L, 31L);
		assertThat(this.tracer.last().orElseThrow().missing()).isEqualTo(20);
	}

	@Test
	void whenItsTimeIsOverThenItEndsByItself() {
		this.tracer.start(Duration.ofMillis(200), null);
		this.tracer.add(this.stream, true, bytes(10));
		await().until(() -> !this.tracer.isOn());
		WireTrace trace = this.tracer.last().orElseThrow();
		assertThat(trace.isRunning()).isFalse();
		this.tracer.add(this.stream, true, bytes(10));
		trace.add(this.stream, true, bytes(10));
		assertThat(packets()).hasSizeLessThanOrEqualTo(1);
	}

	@Test
	void whenItIsStoppedThenWhatItHasIsKeptUntilTheNextBegins() {
		this.tracer.start(LONG, null);
		this.tracer.add(this.stream, true, bytes(10));
		this.tracer.stop();
		assertThat(this.tracer.isOn()).isFalse();
		assertThat(packets()).hasSize(1);
		WireTrace first = this.tracer.last().orElseThrow();
		this.tracer.start(LONG, null);
		assertThat(first.packets()).isZero();
		assertThat(this.memory.used()).isZero();
		first.add(this.stream, true, bytes(10));
		assertThat(first.packets()).isZero();
		this.tracer.add(this.stream, true, bytes(10));
		assertThat(packets()).singleElement().satisfies((packet) -> assertThat(packet.sequence()).isEqualTo(1));
	}

	@Test
	void whenOneConnectionIsAskedForThenOthersAreNotThere() {
		this.tracer.start(LONG, "2");
		this.tracer.add(this.stream, true, bytes(10));
		this.tracer.add(stream("2", "127.0.0.1", "192.0.2.8"), true, bytes(20));
		assertThat(packets()).singleElement()
			.satisfies((packet) -> assertThat(packet.source()).isEqualTo("192.0.2.8:40000"));
		assertThat(this.tracer.last().orElseThrow().missing()).isZero();
	}

	private List<Packet> packets() {
		return Pcap.read(this.tracer.last().orElseThrow().toPcap());
	}

	private static TracedStream stream(String id, String local, String remote) {
		return new TracedStream(id, new InetSocketAddress(local, 7001), new InetSocketAddress(remote, 40_000));
	}

	private static ByteBuffer bytes(int count) {
		byte[] bytes = new byte[count];
		for (int i = 0; i < count; i++) {
			bytes[i] = (byte) i;
		}
		return ByteBuffer.wrap(bytes);
	}

}
