package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that take much more memory once they are decoded, or refused, than they were
 * received as, neither kill the JVM nor keep others from being served while they wait.
 * Break B1.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class DecodedMemoryTests {

	private static final int ATTACKERS = 150;

	private static final int VALUES = 20_000;

	private static final int BYTES = 60_000;

	/**
	 * What is decoded keeps a processor busy for seconds, and there may be little of it.
	 */
	private static final Duration LONG = Duration.ofSeconds(100);

	private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

	private final List<SocketChannel> attackers = new ArrayList<>();

	private Process process;

	@AfterEach
	void stopServer() throws InterruptedException {
		relieve();
		this.process.destroyForcibly().waitFor();
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor", "pickle", "faults", "inbox", "rpc" })
	void whenWhatWaitsIsLargeOnceDecodedThenOthersAreServedAndItRecovers(String kind) throws IOException {
		String[] ports = start(kind);
		InetSocketAddress address = address(ports[0]);
		byte[] message = message(kind);
		try (Peer good = new Peer(address, 0).timeout(LONG)) {
			assertThat(good.ask("before")).isEqualTo("before");
			for (int i = 0; i < ATTACKERS; i++) {
				attack(address(ports[1]), message);
				if (i % 10 == 9) {
					assertThat(good.ask("meanwhile")).as(this.output::toString).isEqualTo("meanwhile");
				}
			}
			for (int i = 0; i < 20; i++) {
				assertThat(good.ask("still")).isEqualTo("still");
				try (Peer late = new Peer(address, 0).timeout(LONG)) {
					assertThat(late.ask("new")).isEqualTo("new");
				}
			}
			relieve();
			try (Peer late = new Peer(address, 0).timeout(LONG)) {
				String large = "y".repeat(BYTES);
				assertThat(late.ask(large)).isEqualTo(large);
			}
		}
		assertThat(this.process.isAlive()).isTrue();
	}

	private static byte[] message(String kind) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		switch (kind) {
			case "json" -> bytes.writeBytes(("[" + "{},".repeat(VALUES) + "0]").getBytes());
			case "faults" -> {
				return "x\n".repeat(BYTES / 2).getBytes();
			}
			case "pickle" -> {
				bytes.writeBytes(new byte[] { (byte) 0x80, 4, '(' });
				bytes.writeBytes("}".repeat(BYTES).getBytes());
				bytes.writeBytes("l.".getBytes());
			}
			case "rpc" -> {
				bytes.writeBytes(new byte[] { (byte) 0x84, 1, 1, 1, (byte) 0x81 });
				bytes.writeBytes(maps());
			}
			default -> bytes.writeBytes(maps());
		}
		return ByteBuffer.allocate(4 + bytes.size()).putInt(bytes.size()).put(bytes.toByteArray()).array();
	}

	/** A list of empty maps in CBOR, a byte each. */
	private static byte[] maps() {
		ByteBuffer list = ByteBuffer.allocate(5 + BYTES).put((byte) 0x9a).putInt(BYTES);
		while (list.hasRemaining()) {
			list.put((byte) 0xa0);
		}
		return list.array();
	}

	private String[] start(String kind) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"),
				DecodingServer.class.getName(), kind)
			.redirectErrorStream(true)
			.start();
		Thread reader = new Thread(this::readOutput, "output");
		reader.setDaemon(true);
		reader.start();
		Awaitility.await().atMost(LONG).until(() -> ports() != null);
		return ports().split(" ");
	}

	private String ports() {
		return this.output.stream()
			.filter((line) -> line.startsWith("ports "))
			.findFirst()
			.map((line) -> line.substring("ports ".length()))
			.orElse(null);
	}

	private static InetSocketAddress address(String port) {
		return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
	}

	/** Sends as much as the system takes at once. */
	private void attack(InetSocketAddress address, byte[] message) throws IOException {
		SocketChannel attacker = SocketChannel.open(address);
		this.attackers.add(attacker);
		attacker.configureBlocking(false);
		try {
			attacker.write(ByteBuffer.wrap(message));
		}
		catch (IOException ex) {
			// it was closed already
		}
	}

	private void relieve() {
		for (SocketChannel attacker : this.attackers) {
			try {
				attacker.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		this.attackers.clear();
	}

	private void readOutput() {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(this.process.getInputStream()))) {
			String line;
			while ((line = reader.readLine()) != null) {
				this.output.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
