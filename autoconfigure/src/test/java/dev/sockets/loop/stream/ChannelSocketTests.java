package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sockets of NIO that the classic API does not know.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Timeout(60)
class ChannelSocketTests {

	@TempDir
	private Path directory;

	private UnixDomainSocketAddress address;

	private ServerSocketChannel server;

	private SocketChannel channel;

	private Socket socket;

	@BeforeEach
	void connect() throws IOException {
		this.address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
		this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(this.address);
		this.channel = SocketChannel.open(this.address);
		this.socket = Transport.of(this.channel).socket();
	}

	@AfterEach
	void close() throws IOException {
		this.channel.close();
		this.server.close();
	}

	@Test
	void whenAUnixSocketIsAskedWhereItIsThenBothSidesAreOnThisMachine() {
		assertThat(List.of(this.socket.getInetAddress(), this.socket.getLocalAddress()))
			.containsOnly(InetAddress.getLoopbackAddress());
		assertThat(List.of(this.socket.getPort(), this.socket.getLocalPort())).containsOnly(0);
		assertThat(this.socket.getRemoteSocketAddress()).isEqualTo(this.address);
		assertThat(this.socket.isConnected() && this.socket.isBound()).isTrue();
		assertThat(this.socket.getChannel()).isSameAs(this.channel);
		assertThat(this.socket).hasToString(this.channel.toString());
	}

	@Test
	void whenAnOptionIsSetThenTheChannelHasItIfThereIsSuchAThing() throws IOException {
		this.socket.setSendBufferSize(20_000);
		assertThat(this.socket.getSendBufferSize()).isEqualTo(20_000);
		assertThat(this.channel.getOption(StandardSocketOptions.SO_SNDBUF)).isEqualTo(20_000);
		this.socket.setTcpNoDelay(true);
		this.socket.setKeepAlive(true);
		this.socket.setReuseAddress(true);
		this.socket.setTrafficClass(4);
		this.socket.setSoTimeout(4);
		assertThat(List.of(this.socket.getTcpNoDelay(), this.socket.getKeepAlive(), this.socket.getReuseAddress(),
				this.socket.getTrafficClass(), this.socket.getSoTimeout(), this.socket.getOOBInline()))
			.containsExactly(false, false, false, 0, 0, false);
	}

	@Test
	void whenItIsClosedThenTheChannelIsAndOptionsFailByItsCause() throws IOException {
		assertThat(this.socket.isClosed()).isFalse();
		this.socket.close();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.socket.isClosed()).isTrue();
		assertThat(this.socket.getLocalSocketAddress()).isNull();
		assertThatExceptionOfType(SocketException.class).isThrownBy(this.socket::getSoLinger)
			.withMessageContaining("ClosedChannelException")
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void whenSomebodyWouldReadOrWriteByItThenItSaysWhoDoes() {
		assertThatExceptionOfType(SocketException.class).isThrownBy(this.socket::getInputStream)
			.withMessage("An event loop reads this socket");
		assertThatExceptionOfType(SocketException.class).isThrownBy(this.socket::getOutputStream)
			.withMessage("An event loop writes to this socket");
	}

}
