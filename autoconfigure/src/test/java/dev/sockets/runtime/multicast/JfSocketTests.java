package dev.sockets.runtime.multicast;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.codec.Codecs;
import dev.sockets.multicast.MulticastReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Python programs that send and receive as jfSocket does: its sender, which may wait a
 * second for a unicast answer, and its receiver, which cuts what is longer than 256 bytes
 * and shares its port by SO_REUSEADDR.
 */
@Timeout(120)
class JfSocketTests {

	private static final String RECEIVER = """
			import socket, struct, sys
			group, port = sys.argv[1], int(sys.argv[2])
			sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP)
			sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 0)
			sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
			sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
			                struct.pack('4s4s', socket.inet_aton(group), socket.inet_aton('127.0.0.1')))
			sock.bind(('', port))
			sock.settimeout(60)
			print('started', flush=True)
			while True:
			    data, sender = sock.recvfrom(256)
			    if len(data) == 0 or data == b'\\x04' * len(data):
			        break
			    print(data.hex(), flush=True)
			print('stopped', flush=True)
			""";

	private static final String SENDER = """
			import socket, sys
			group, port, wait_back = sys.argv[1], int(sys.argv[2]), sys.argv[3] == 'yes'
			sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP)
			sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 0)
			sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton('127.0.0.1'))
			sock.settimeout(1)
			for text in sys.argv[4:]:
			    sock.sendto(bytes.fromhex(text), (group, port))
			    while wait_back:
			        try:
			            print(sock.recv(1024).hex(), flush=True)
			            break
			        except socket.timeout:  # its send has returned None: it is called again
			            sock.sendto(bytes.fromhex(text), (group, port))
			print('sent', flush=True)
			""";

	@TempDir
	private Path directory;

	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	private final List<Process> programs = new ArrayList<>();

	@BeforeEach
	void requirePython() {
		boolean there;
		try {
			Process process = new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
			there = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			there = false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		Assumptions.assumeTrue(there, "there is no python3 here");
	}

	@AfterEach
	void close() {
		this.programs.forEach(Process::destroyForcibly);
		this.multicast.close();
	}

	@Test
	void whenWeSendThenJfSocketReceivesUpTo256BytesAndWeShareItsPort() throws Exception {
		MulticastReceiver receiver = bytesReceiver();
		int port = TestMulticast.port(receiver);
		BufferedReader python = run("receiver", RECEIVER, this.group, String.valueOf(port));
		assertThat(python.readLine()).isEqualTo("started");
		byte[] longer = new byte[300];
		Arrays.fill(longer, (byte) 'x');
		var sender = this.multicast.sender((
				settings) -> settings.group(this.group).port(port).datagrams((common) -> common.codec(Codecs.bytes())));
		sender.send("h\u00e9llo".getBytes(StandardCharsets.UTF_8));
		sender.send(longer);
		sender.send(new byte[] { 4, 4 });
		assertThat(python.readLine()).isEqualTo("68c3a96c6c6f");
		assertThat(python.readLine()).isEqualTo("78".repeat(256));
		assertThat(python.readLine()).isEqualTo("stopped");
		List<Object> received = this.multicast.awaitReceived(receiver, 3);
		assertThat((byte[]) received.get(1)).isEqualTo(longer);
		assertThat((byte[]) received.get(2)).containsExactly(4, 4);
	}

	@Test
	void whenJfSocketSendsThenWeReceiveAlsoWhatStopsItsOwnReceiver() throws Exception {
		MulticastReceiver receiver = bytesReceiver();
		BufferedReader python = run("sender", SENDER, this.group, String.valueOf(TestMulticast.port(receiver)), "no",
				"68656c6c6f", "", "0404", "ff");
		assertThat(python.readLine()).isEqualTo("sent");
		assertThat(this.multicast.awaitReceived(receiver, 4)).containsExactly("hello".getBytes(StandardCharsets.UTF_8),
				new byte[0], new byte[] { 4, 4 }, new byte[] { (byte) 0xff });
	}

	@Test
	void whenJfSocketWaitsForAnswerThenItGetsOursByUnicast() throws Exception {
		MulticastReceiver receiver = bytesReceiver();
		receiver.addHandler((sender, payload) -> "pong".getBytes(StandardCharsets.UTF_8));
		BufferedReader python = run("sender", SENDER, this.group, String.valueOf(TestMulticast.port(receiver)), "yes",
				"70696e67");
		assertThat(python.readLine()).isEqualTo("706f6e67");
		assertThat(python.readLine()).isEqualTo("sent");
	}

	private MulticastReceiver bytesReceiver() {
		return this.multicast.receiver(
				(settings) -> settings.groups(List.of(this.group)).datagrams((common) -> common.codec(Codecs.bytes())));
	}

	private BufferedReader run(String name, String program, String... arguments) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name + ".py"), program);
		List<String> command = new ArrayList<>(List.of("python3", file.toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.programs.add(process);
		return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

}
