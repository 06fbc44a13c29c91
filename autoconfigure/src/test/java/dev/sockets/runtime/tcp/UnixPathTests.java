package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What stands at the path of a server before, while and after it listens there.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Timeout(120)
class UnixPathTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@TempDir
	private Path directory;

	private Path path;

	@BeforeEach
	void choosePath() {
		this.path = this.directory.resolve("s");
	}

	@Test
	void whenACrashHasLeftTheSocketThenItIsTakenOver() throws IOException {
		leave(this.path);
		assertThat(this.path).exists();
		TcpServer server = serve();
		try (UnixPeer peer = new UnixPeer(this.path)) {
			assertThat(peer.ask("alive")).isEqualTo("alive");
		}
		server.stop();
		assertThat(this.path).doesNotExist();
	}

	/** Leaves a socket behind as a process does that is killed. */
	static void leave(Path path) throws IOException {
		try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			socket.bind(UnixDomainSocketAddress.of(path));
		}
	}

	@Test
	void whenSomebodyListensThenTheStartFailsAndHeGoesOnListening() {
		serve();
		assertFails("other", this.path, SocketErrorCode.ADDRESS_IN_USE,
				"sockets.tcp.server.other: could not listen on unix:" + this.path + ": the socket is in use");
		try (UnixPeer peer = new UnixPeer(this.path)) {
			assertThat(peer.ask("still")).isEqualTo("still");
		}
	}

	@Test
	void whenSomebodyIsTooBusyToAcceptThenHeListensAllTheSame() throws IOException {
		try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			busy.bind(UnixDomainSocketAddress.of(this.path), 1);
			try (UnixPeer first = new UnixPeer(this.path); UnixPeer second = new UnixPeer(this.path)) {
				assertThat(first).isNotSameAs(second);
				assertThatExceptionOfType(EndpointStartException.class)
					.isThrownBy(() -> newServer("other", this.path).start())
					.extracting(EndpointStartException::getCode)
					.isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
				assertThat(this.path).exists();
			}
		}
	}

	@Test
	void whenThereIsNoSocketOfThatNameThenItIsLeftAlone() throws IOException {
		Files.writeString(this.path, "precious");
		Path link = Files.createSymbolicLink(this.directory.resolve("l"), this.directory.resolve("nowhere"));
		Path below = Files.createDirectory(this.directory.resolve("d"));
		for (Path taken : List.of(this.path, link, below)) {
			assertFails("server" + taken.getFileName(), taken, SocketErrorCode.BIND_FAILED,
					"sockets.tcp.server.server" + taken.getFileName() + ": could not listen on unix:" + taken
							+ ": there is something of this name that is no socket");
		}
		assertThat(this.path).content().isEqualTo("precious");
		assertThat(link).isSymbolicLink();
		assertThat(below).isDirectory();
	}

	@Test
	void whenThereIsNoDirectoryThenTheStartSaysSo() {
		Path missing = this.directory.resolve("missing/s");
		assertFails("server", missing, SocketErrorCode.BIND_FAILED,
				"sockets.tcp.server.server: could not listen on unix:" + missing + ": the directory "
						+ missing.getParent() + " does not exist");
	}

	@Test
	void whenTheDirectoryCannotBeWrittenToThenTheStartFailsAndNothingIsLeft() {
		Path unwritable = Path.of("/proc/sockets.sock");
		assertThatExceptionOfType(EndpointStartException.class)
			.isThrownBy(() -> newServer("server", unwritable).start())
			.satisfies((failure) -> assertThat(failure.getProperty()).isEqualTo("sockets.tcp.server.server.path"))
			.extracting(EndpointStartException::getCode)
			.isEqualTo(SocketErrorCode.BIND_FAILED);
	}

	@Test
	void whenAnotherSocketHasTakenItsPlaceThenStoppingLeavesThatAlone() throws IOException {
		TcpServer server = serve();
		Files.delete(this.path);
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(this.path));
			server.stop();
			assertThat(this.path).exists();
		}
	}

	@Test
	void whenPermissionsAreSetThenTheSocketHasThem() throws IOException {
		TcpServer server = this.endpoints.serve(
				(settings) -> settings.path(this.path).pathPermissions(PosixFilePermissions.fromString("rw-rw----")));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.path))).isEqualTo("rw-rw----");
		server.stop();
		assertThat(this.path).doesNotExist();
	}

	private void assertFails(String name, Path path, SocketErrorCode code, String message) {
		assertThatExceptionOfType(EndpointStartException.class).isThrownBy(() -> newServer(name, path).start())
			.withMessage(message)
			.satisfies((failure) -> assertThat(failure.getAddress()).hasToString("unix:" + path))
			.extracting(EndpointStartException::getCode)
			.isEqualTo(code);
	}

	private TcpServer newServer(String name, Path path) {
		return this.endpoints.newServer(name, (settings) -> settings.path(path));
	}

	private TcpServer serve() {
		return serve("server");
	}

	private TcpServer serve(String name) {
		return this.endpoints.onMessage(name, (message) -> message.reply(message.getPayload()))
			.serve(name, (settings) -> settings.path(this.path));
	}

}
