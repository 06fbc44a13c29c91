package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Hl7Ack;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of HL7 that nobody else answers are acknowledged.
 */
@Timeout(60)
class Hl7AckTests {

	private static final String FS_CR = "\34\r";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<Object> later = new CompletableFuture<>();

	private static String message(String id) {
		return "MSH|^~\\&|LAB|A|HIS|B|20240101||ORU^R01|" + id + "|P|2.3\rOBX|x|NM|x\r";
	}

	private static void send(Peer peer, String... messages) {
		for (String message : messages) {
			peer.sendRaw(("\13" + message + FS_CR).getBytes(StandardCharsets.UTF_8));
		}
	}

	/** Reads a message, and returns what is in its MSA. */
	private static String acknowledgement(Peer peer) {
		StringBuilder message = new StringBuilder();
		try {
			while (message.length() < 2 || !message.substring(message.length() - 2).equals(FS_CR)) {
				int value = peer.in().read();
				assertThat(value).as("the byte behind '%s'", message).isNotNegative();
				message.append((char) value);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(message.toString()).startsWith("\13MSH|^~\\&|HIS|B|LAB|A|");
		return message.substring(message.indexOf("MSA|") + 4, message.length() - 3);
	}

	private TcpServer serve(Dispatch dispatch, Consumer<TcpServer> handlers) {
		TcpServer server = this.endpoints.newServer("server", 0, mllp().andThen((it) -> it.dispatch(dispatch)));
		handlers.accept(server);
		server.start();
		return server;
	}

	private static Consumer<ConnectionSettings.Builder> mllp() {
		return (connection) -> connection
			.framing(Framings.marked(FrameMarks.of(new byte[] { 0x0B }, new byte[] { 0x1C, '\r' })))
			.hl7Ack(Hl7Ack.AUTO);
	}

	@ParameterizedTest
	@EnumSource
	void whenHandlersReturnNothingOrThrowThenTheMessageIsAcceptedOrAnError(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			if (message.getPayload().toString().contains("|bad|")) {
				throw new IllegalStateException("It fails, as told to");
			}
		});
		try (Peer peer = new Peer(serve(dispatch, (server) -> {
		}))) {
			send(peer, message("1"), message("bad"), message("3"));
			assertThat(acknowledgement(peer)).isEqualTo("AA|1");
			assertThat(acknowledgement(peer)).isEqualTo("AE|bad");
			assertThat(acknowledgement(peer)).isEqualTo("AA|3");
			assertThat(this.received).containsExactly(message("1"), message("bad"), message("3"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenFuturesEndThenAcknowledgementsComeInTheOrderOfTheMessages(Dispatch dispatch) {
		CompletableFuture<Object> failing = new CompletableFuture<>();
		TcpServer server = serve(dispatch, (it) -> it.addHandler((connection, payload) -> {
			String text = payload.toString();
			return text.contains("|1|") ? this.later : text.contains("|2|") ? failing : null;
		}));
		try (Peer peer = new Peer(server)) {
			send(peer, message("1"), message("2"), message("3"));
			failing.completeExceptionally(new IllegalStateException("It fails, as told to"));
			assertThat(peer.readLine(Duration.ofMillis(200))).isNull();
			this.later.complete(null);
			assertThat(acknowledgement(peer)).isEqualTo("AA|1");
			assertThat(acknowledgement(peer)).isEqualTo("AE|2");
			assertThat(acknowledgement(peer)).isEqualTo("AA|3");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandlerRepliesItselfThenThatIsTheOnlyReply(Dispatch dispatch) {
		String own = "MSH|^~\\&|HIS|B|LAB|A|||ACK|x|P|2.3\rMSA|AR|1\r";
		TcpServer server = serve(dispatch, (it) -> it.addHandler(
				(connection, payload) -> payload.toString().contains("|1|") ? own : payload.toString().contains("|2|")
						? CompletableFuture.completedFuture(own.replace("AR|1", "AR|2")) : null));
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().toString().contains("|3|")) {
				message.reply(own.replace("AR|1", "AR|3"));
			}
		});
		try (Peer peer = new Peer(server)) {
			send(peer, message("1"), message("2"), message("3"), message("4"));
			assertThat(acknowledgement(peer)).isEqualTo("AR|1");
			assertThat(acknowledgement(peer)).isEqualTo("AR|2");
			assertThat(acknowledgement(peer)).isEqualTo("AR|3");
			assertThat(acknowledgement(peer)).isEqualTo("AA|4");
		}
	}

	@Test
	void whenWhatComesIsNoMessageOfHl7ThenItIsRejectedAndTold() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(serve(Dispatch.AUTO, (server) -> {
		}))) {
			send(peer, "hello");
			peer.sendRaw(new byte[] { 0x0B, 'M', 'S', 'H', (byte) 0xFF, 0x1C, '\r' });
			send(peer, message("3"));
			StringBuilder all = new StringBuilder();
			while (!all.toString().endsWith("MSA|AA|3\r" + FS_CR)) {
				int value = read(peer);
				assertThat(value).isNotNegative();
				all.append((char) value);
			}
			assertThat(all.toString().split("MSA\\|AR\\|\r\34\r", -1)).hasSize(3);
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 2))
				.allSatisfy((event) -> assertThat(event.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
			assertThat(this.received).containsExactly(message("3"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageHasNoIdThenItIsAnErrorAndNobodyHandlesIt(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(serve(dispatch, (server) -> {
		}))) {
			send(peer, message("1"), message(""), message("\"\""), "MSH|^~\\&|LAB|A|HIS|B\rPID|1\r", message("5"));
			assertThat(acknowledgement(peer)).isEqualTo("AA|1");
			for (String id : new String[] { "", "\"\"", "" }) {
				assertThat(acknowledgement(peer)).isEqualTo("AE|" + id + "|MSH-10 (message control id) is missing\r"
						+ "ERR|MSH^1^10^101&Required field missing&HL70357");
			}
			assertThat(acknowledgement(peer)).isEqualTo("AA|5");
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 3)).allSatisfy((event) -> {
				assertThat(event.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED);
				assertThat(event.getCause()).hasMessageContaining("no control id (MSH-10)");
			});
			assertThat(this.received).containsExactly(message("1"), message("5"));
			send(peer, "MSH|^~\\&|HIS|B|LAB|A|||ACK||P|2.3\rMSA|AA|1\r");
			Awaitility.await().until(() -> this.received.size() == 3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenWhatIsWrongEndsTheConnectionThenTheMessageIsAnsweredFirst(Dispatch dispatch) {
		IllegalStateException failure = new IllegalStateException("It fails, as told to");
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			if (!message.getPayload().toString().contains("|later|")) {
				throw failure;
			}
		});
		TcpServer server = this.endpoints.newServer("server", 0,
				mllp().andThen((it) -> it.dispatch(dispatch).onHandlerError(HandlerErrorPolicy.CLOSE)));
		server.addHandler((connection, payload) -> payload.toString().contains("|later|") ? this.later : null);
		server.start();
		for (String[] pair : new String[][] { { message("later"), "AE|later" }, { message("bad"), "AE|bad" },
				{ message("latin") + "PID|||1||M\u00fcller\r", "AR|latin" },
				{ message(""), "AE||MSH-10 (message control id) is missing\r"
						+ "ERR|MSH^1^10^101&Required field missing&HL70357" } }) {
			try (Peer peer = new Peer(server)) {
				sendBytes(peer, pair[0]);
				Awaitility.await().until(() -> !this.received.isEmpty());
				this.later.completeExceptionally(failure);
				assertThat(acknowledgement(peer)).isEqualTo(pair[1]);
				assertThat(read(peer)).isNegative();
			}
		}
	}

	@Test
	void whenWhatComesIsNoMessageOfHl7ThenItIsRejectedBeforeTheEndToo() {
		TcpServer server = this.endpoints.newServer("server", 0,
				mllp().andThen((it) -> it.onHandlerError(HandlerErrorPolicy.CLOSE)));
		server.start();
		for (String wrong : new String[] { "PID|1\r", "", "MSH" }) {
			try (Peer peer = new Peer(server)) {
				sendBytes(peer, wrong);
				StringBuilder all = new StringBuilder();
				for (int value = read(peer); value >= 0; value = read(peer)) {
					all.append((char) value);
				}
				assertThat(all.toString()).as(wrong).endsWith("MSA|AR|\r" + FS_CR);
			}
		}
	}

	private static void sendBytes(Peer peer, String message) {
		peer.sendRaw(("\13" + message + FS_CR).getBytes(StandardCharsets.ISO_8859_1));
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageCannotBeDecodedThenTheRejectionNamesIt(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(serve(dispatch, (server) -> {
		}))) {
			send(peer, message("1"));
			sendBytes(peer, message("latin") + "PID|||1||M\u00fcller\r");
			send(peer, message("3"));
			assertThat(acknowledgement(peer)).isEqualTo("AA|1");
			assertThat(acknowledgement(peer)).isEqualTo("AR|latin");
			assertThat(acknowledgement(peer)).isEqualTo("AA|3");
			assertThat(this.received).containsExactly(message("1"), message("3"));
		}
	}

	@Test
	void whenTheHeaderItselfCannotBeDecodedThenTheRejectionNamesTheMessageAllTheSame() {
		try (Peer peer = new Peer(serve(Dispatch.AUTO, (server) -> {
		}))) {
			sendBytes(peer, message("7").replace("20240101||", "20240101|\u00fc|"));
			assertThat(acknowledgement(peer)).isEqualTo("AR|7");
			sendBytes(peer, message("8").replace("|P|2.3", "|P|2.3|||NE|NE|\u00fc"));
			sendBytes(peer, "MSH|^~\\&|HIS|B|LAB|A|||ACK|x|P|2.3\rMSA|AA|1|\u00fc\r");
			send(peer, message("9"));
			assertThat(acknowledgement(peer)).as("neither of the two others wants an answer").isEqualTo("AA|9");
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 3)).hasSize(3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageIsTooLongThenTheRejectionNamesItBeforeTheEnd(Dispatch dispatch) {
		TcpServer server = this.endpoints.newServer("server", 0,
				mllp().andThen((it) -> it.dispatch(dispatch).maxFrameSize(1_000)));
		server.start();
		try (Peer peer = new Peer(server)) {
			send(peer, message("1"));
			peer.trySend(("\13" + message("long") + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
			assertThat(acknowledgement(peer)).isEqualTo("AA|1");
			assertThat(acknowledgement(peer)).isEqualTo("AR|long");
			assertThat(read(peer)).isNegative();
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.FRAME_ERROR);
		}
	}

	@Test
	void whenTheHeaderOfATooLongMessageIsNotThereInWholeThenNothingIsRejected() {
		TcpServer server = this.endpoints.newServer("server", 0, mllp().andThen((it) -> it.maxFrameSize(1_000)));
		server.start();
		try (Peer peer = new Peer(server)) {
			peer.trySend(("\13MSH|^~\\&|LAB|A|HIS|B|20240101||ORU^R01|" + "x".repeat(2_000))
				.getBytes(StandardCharsets.UTF_8));
			assertThat(read(peer)).isNegative();
		}
	}

	private static int read(Peer peer) {
		try {
			return peer.in().read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void whenAnAcknowledgementComesThenItIsNotAcknowledgedAndARequestGetsIt() {
		TcpServer server = serve(Dispatch.AUTO, (it) -> {
		});
		this.endpoints.onMessage("client", (message) -> this.received.add(message.getPayload()));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.profile(Profile.MLLP).connection(mllp()));
		client.start();
		Awaitility.await().until(client::isConnected);
		for (int i = 0; i < 100; i++) {
			assertThat(client.<Object>request(message("q" + i))).asString().endsWith("MSA|AA|q" + i + "\r");
		}
		client.send(message("sent"));
		Awaitility.await().until(() -> this.received.size() == 1);
		assertThat(this.received.peek()).asString().endsWith("MSA|AA|sent\r");
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> client.statistics().messages().received() == 101);
	}

}
