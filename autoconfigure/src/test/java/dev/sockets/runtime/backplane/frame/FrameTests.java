package dev.sockets.runtime.backplane.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.ConnectionInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Frames as bytes and back, and what is none.
 */
class FrameTests {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private static final String CHANNEL = "app:hub:all";

	private final Recorder recorder = new Recorder();

	@Test
	void whenAFrameIsWrittenThenItsBytesAreThoseOfTheFormat() {
		byte[] head = new Message("hub", 7, new Target(Target.Kind.GROUP, "hall"), List.of("a-1"), NOTHING).head();
		BodyWriter message = new BodyWriter(16);
		new FrameWriter(0x0102030405060708L, null).append(message, FrameType.GROUP, 9, head,
				ByteBuffer.wrap("hi\n".getBytes(StandardCharsets.UTF_8)));
		assertThat(HexFormat.of().formatHex(message.toByteArray()))
			.isEqualTo("53010400" + "00000030" + "0102030405060708" + "0000000000000009" + "0003687562"
					+ "0000000000000007" + "04" + "000468616c6c" + "00000001" + "0003612d31" + "68690a");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenFramesAreJoinedThenEachIsReadAgain(boolean signed) {
		FrameParser.parse(replies(signed ? new FrameSignature("s3cret") : null), this.recorder);
		assertThat(this.recorder.dropped).isEmpty();
		assertThat(this.recorder.frames).hasSize(3).allSatisfy((frame) -> {
			assertThat(frame.incarnation()).isEqualTo(42);
			assertThat(frame.type()).isEqualTo(FrameType.REPLY);
			assertThat(frame.signed()).isEqualTo(signed);
			assertThat(Reply.read(frame.body())).isEqualTo(new Reply(100 + frame.sequence(), Reply.NO));
		});
	}

	@Test
	void whenABodyIsWrittenThenItIsReadAgain() throws Exception {
		Heartbeat heartbeat = new Heartbeat("n1", 1, 2, true, 1, 1, 64, 99, List.of(new Heartbeat.Server("hub", -5, 3)),
				List.of(new Heartbeat.Heard(-1, 8), new Heartbeat.Heard(6, 7)));
		assertThat(Heartbeat.read(reader(heartbeat.write(new BodyWriter(1)).toByteArray()))).isEqualTo(heartbeat);
		Order order = new Order("hub", -3, new Target(Target.Kind.CONNECTION, "n1-5"), "\uD834\uDD1E");
		assertThat(Order.read(reader(order.write()))).isEqualTo(order);
		Message message = new Message("hub", 0, Target.ALL, List.of(), NOTHING);
		assertThat(Message.read(reader(message.head()))).isEqualTo(message);
		ConnectionInfo connection = new ConnectionInfo("n1-17", "n1", Optional.of("ada"), Set.of("a", "b"),
				new InetSocketAddress(InetAddress.getByName("::1"), 65535), Instant.ofEpochMilli(77));
		ConnectionInfo local = new ConnectionInfo("odd", "n1", Optional.empty(), Set.of(),
				UnixSocketAddress.of(Path.of("/run/hub")), Instant.EPOCH);
		Changes changes = new Changes(5,
				List.of(new Change.Opened("hub", connection), new Change.Opened("hub", local),
						new Change.Identified("hub", "n1-17", "eve"), new Change.Identified("hub", "n1-17", null),
						new Change.Joined("hub", "n1-17", "c"), new Change.Left("hub", "odd", "c"),
						new Change.Closed("hub", "n1-17")));
		Changes read = Changes.read(reader(changes.write("n1")), "n1");
		assertThat(read.changes().get(0)).isEqualTo(changes.changes().get(0));
		assertThat(read).asString().isEqualTo(changes.toString());
		assertThat(read.to()).isEqualTo(12);
		Snapshot snapshot = new Snapshot(1, 3, 9, List.of(new Snapshot.Connections("hub", List.of(connection))));
		assertThat(Snapshot.read(reader(snapshot.write("n1")), "n1")).isEqualTo(snapshot);
	}

	@Test
	void whenASnapshotHas10000ConnectionsThenItHasLessThan500KB() throws Exception {
		InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName("10.1.2.3"), 50_000);
		List<ConnectionInfo> connections = IntStream.range(0, 10_000)
			.mapToObj((i) -> new ConnectionInfo("abcdefghi-" + i, "abcdefghi", Optional.of("user" + i), Set.of("hall"),
					remote, Instant.EPOCH))
			.toList();
		Snapshot snapshot = new Snapshot(0, 1, 1, List.of(new Snapshot.Connections("hub", connections)));
		assertThat(snapshot.write("abcdefghi")).hasSizeLessThan(500_000);
	}

	@Test
	void whenABodyHasMoreThanIsKnownThenTheRestIsIgnored() {
		byte[] reply = Arrays.copyOf(new Reply(3, Reply.YES).write(), 40);
		assertThat(Reply.read(reader(reply))).isEqualTo(new Reply(3, Reply.YES));
	}

	@Test
	void whenAFrameIsOfALaterVersionOrTypeThenOnlyItIsSkipped() {
		byte[] known = frame(FrameType.ASK);
		byte[] version = frame(FrameType.ASK);
		version[1] = 2;
		byte[] type = frame(FrameType.ASK);
		type[2] = 99;
		BodyWriter message = new BodyWriter(1);
		for (byte[] bytes : List.of(version, known, type, known)) {
			message.putBytes(ByteBuffer.wrap(bytes));
		}
		FrameParser.parse(message.toByteArray(), this.recorder);
		assertThat(this.recorder.frames).hasSize(2);
		assertThat(this.recorder.dropped).containsExactly(DropReason.VERSION, DropReason.TYPE);
	}

	@Test
	void whenAFrameIsCutThenItIsNone() {
		byte[] frame = frame(FrameType.ASK);
		for (int length = 1; length < frame.length; length++) {
			FrameParser.parse(Arrays.copyOf(frame, length), this.recorder);
		}
		assertThat(this.recorder.frames).isEmpty();
		assertThat(this.recorder.dropped).hasSize(frame.length - 1).containsOnly(DropReason.MALFORMED);
	}

	@Test
	void whenOneOfManyFramesIsForgedThenNoneIsAdmitted() {
		FrameSignature signature = new FrameSignature("s3cret");
		byte[] bytes = replies(signature);
		FrameGate gate = new FrameGate("s3cret", List.of());
		assertThat(bytes).hasSize(3 * (Frame.HEADER + new Reply(100, Reply.NO).write().length) + FrameSignature.BYTES);
		assertThat(gate.admits(CHANNEL, bytes)).isTrue();
		for (int i = 0; i < bytes.length; i++) {
			byte[] forged = bytes.clone();
			forged[i] ^= 1;
			assertThat(gate.admits(CHANNEL, forged)).isFalse();
		}
		for (int length = 0; length < bytes.length; length++) {
			assertThat(gate.admits(CHANNEL, Arrays.copyOf(bytes, length))).isFalse();
		}
		assertThat(gate.admits(CHANNEL, joined(bytes, frame(FrameType.ASK)))).isFalse();
		assertThat(gate.admits(CHANNEL, joined(frame(FrameType.ASK), bytes))).isFalse();
		assertThat(gate.admits(CHANNEL, joined(bytes, bytes))).isFalse();
	}

	@Test
	void whenTheLastFrameIsUnknownThenTheSignatureHoldsForThoseBefore() {
		byte[] bytes = replies(null);
		BodyWriter message = new BodyWriter(1);
		FrameWriter writer = new FrameWriter(42, new FrameSignature("s3cret"));
		message.putBytes(ByteBuffer.wrap(bytes));
		writer.append(message, FrameType.ASK, 3, new byte[4], NOTHING);
		message.setByte(bytes.length + 2, 99);
		writer.end(message, CHANNEL);
		assertThat(new FrameGate("s3cret", List.of()).admits(CHANNEL, message.toByteArray())).isTrue();
		FrameParser.parse(message.toByteArray(), this.recorder);
		assertThat(this.recorder.frames).hasSize(3);
		assertThat(this.recorder.dropped).containsExactly(DropReason.TYPE);
	}

	@Test
	void whenAFrameIsForgedOrMovedThenItIsNotAdmitted() {
		byte[] bytes = signed("s3cret");
		FrameGate gate = new FrameGate("s3cret", List.of());
		assertThat(gate.isClosed()).isTrue();
		assertThat(gate.admits(CHANNEL, bytes)).isTrue();
		assertThat(gate.admits("app:hub:g1", bytes)).isFalse();
		assertThat(gate.admits(CHANNEL, frame(FrameType.ASK))).isFalse();
		assertThat(gate.admits(CHANNEL, signed("other"))).isFalse();
		for (int i = 0; i < bytes.length; i++) {
			byte[] forged = bytes.clone();
			forged[i] ^= 1;
			assertThat(gate.admits(CHANNEL, forged)).isFalse();
		}
	}

	@Test
	void whenTheSecretChangesThenOldOnesAreAcceptedForAWhile() {
		FrameGate gate = new FrameGate("new", List.of("old"));
		assertThat(gate.admits(CHANNEL, signed("new"))).isTrue();
		assertThat(gate.admits(CHANNEL, signed("old"))).isTrue();
		assertThat(gate.admits(CHANNEL, signed("older"))).isFalse();
		assertThat(new FrameGate(null, List.of()).admits(CHANNEL, frame(FrameType.ASK))).isTrue();
	}

	@ParameterizedTest
	@EnumSource(FrameType.class)
	void whenABodyIsRandomThenItIsMalformedOrReadAndNothingElseHappens(FrameType type) {
		Random random = new Random(type.code());
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = new byte[random.nextInt(80)];
			random.nextBytes(bytes);
			try {
				read(type, bytes);
			}
			catch (MalformedFrameException ex) {
				assertThat(ex.getStackTrace()).isEmpty();
			}
		}
	}

	@Test
	void whenAMillionMessagesAreRandomThenNothingIsThrown() {
		Random random = new Random(1);
		for (int i = 0; i < 1_000_000; i++) {
			byte[] bytes = new byte[random.nextInt(60)];
			random.nextBytes(bytes);
			if (bytes.length > 8 && i % 2 == 0) {
				bytes[0] = Frame.MARK;
				bytes[4] = 0;
				bytes[5] = 0;
				bytes[6] = 0;
			}
			this.recorder.frames.clear();
			this.recorder.dropped.clear();
			FrameParser.parse(bytes, this.recorder);
		}
		assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> reader(new byte[3]).readInt());
	}

	private static void read(FrameType type, byte[] bytes) {
		BodyReader body = reader(bytes);
		switch (type) {
			case HEARTBEAT -> Heartbeat.read(body);
			case ALL, GROUP, USER, CONNECTION -> Message.read(body);
			case KICK, JOIN, LEAVE -> Order.read(body);
			case REPLY -> Reply.read(body);
			case CHANGES -> Changes.read(body, "n1");
			case SNAPSHOT -> Snapshot.read(body, "n1");
			case ASK, GOODBYE -> body.rest();
		}
	}

	private static BodyReader reader(byte[] bytes) {
		return new BodyReader(bytes, 0, bytes.length);
	}

	private static byte[] frame(FrameType type) {
		BodyWriter message = new BodyWriter(1);
		new FrameWriter(1, null).append(message, type, 1, new byte[4], NOTHING);
		return message.toByteArray();
	}

	private static byte[] signed(String secret) {
		BodyWriter message = new BodyWriter(1);
		FrameWriter writer = new FrameWriter(1, new FrameSignature(secret));
		writer.append(message, FrameType.ASK, 1, new byte[4], NOTHING);
		writer.end(message, CHANNEL);
		return message.toByteArray();
	}

	private static byte[] replies(@Nullable FrameSignature signature) {
		FrameWriter writer = new FrameWriter(42, signature);
		BodyWriter message = new BodyWriter(1);
		for (int i = 0; i < 3; i++) {
			writer.append(message, FrameType.REPLY, i, new Reply(100 + i, Reply.NO).write(), NOTHING);
		}
		writer.end(message, CHANNEL);
		return message.toByteArray();
	}

	private static byte[] joined(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static final class Recorder implements FrameParser.Sink {

		private final List<Frame> frames = new ArrayList<>();

		private final List<DropReason> dropped = new ArrayList<>();

		@Override
		public void frame(Frame frame) {
			this.frames.add(frame);
		}

		@Override
		public void dropped(DropReason reason) {
			this.dropped.add(reason);
		}

	}

}
