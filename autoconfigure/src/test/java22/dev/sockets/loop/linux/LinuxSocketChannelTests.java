package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Sockets of the native engine do what those of NIO do.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LinuxSocketChannelTests {

	private final LinuxSelectorProvider provider = new LinuxSelectorProvider((failure) -> {
	});

	private Selector selector;

	@BeforeEach
	void open() throws IOException {
		this.selector = this.provider.openSelector();
	}

	@AfterEach
	void close() throws IOException {
		this.selector.close();
	}

	@Test
	void whenMuchIsWrittenFromAndReadToAnyKindOfBufferThenAllArrives() throws Exception {
		byte[] expected = new byte[3_000_001];
		new Random(1).nextBytes(expected);
		try (NativePair pair = new NativePair(this.selector)) {
			CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
				try {
					return pair.peer.getInputStream().readNBytes(expected.length);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			ByteBuffer direct = ByteBuffer.allocateDirect(1_000_000).put(expected, 0, 1_000_000).flip();
			ByteBuffer heap = ByteBuffer.wrap(expected, 1_000_000, 1_000_001).slice();
			ByteBuffer readOnly = ByteBuffer.wrap(expected, 2_000_001, 900_000).asReadOnlyBuffer();
			ByteBuffer[] last = { ByteBuffer.allocate(0), ByteBuffer.wrap(expected, 2_900_001, 1),
					ByteBuffer.allocateDirect(99_998).put(expected, 2_900_002, 99_998).flip(), ByteBuffer.allocate(0),
					ByteBuffer.wrap(expected, 3_000_000, 1), ByteBuffer.wrap(expected) };
			for (ByteBuffer bytes : List.of(direct, heap, readOnly)) {
				while (bytes.hasRemaining()) {
					await(pair.channel, SelectionKey.OP_WRITE);
					pair.channel.write(bytes);
				}
			}
			while (last[4].hasRemaining()) {
				await(pair.channel, SelectionKey.OP_WRITE);
				pair.channel.write(last, 0, 5);
			}
			assertThat(last[5].remaining()).isEqualTo(expected.length);
			assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(expected);
			pair.peer.getOutputStream().write(expected, 0, 100_000);
			assertThat(readAll(pair.channel, 100_000)).isEqualTo(Arrays.copyOf(expected, 100_000));
		}
	}

	private byte[] readAll(SocketChannel channel, int length) throws IOException {
		ByteBuffer all = ByteBuffer.allocate(length);
		ByteBuffer direct = ByteBuffer.allocateDirect(1000);
		while (all.hasRemaining()) {
			await(channel, SelectionKey.OP_READ);
			ByteBuffer slice = all.slice(all.position(), Math.min(3, all.remaining()));
			channel.read(new ByteBuffer[] { ByteBuffer.allocate(0), slice, direct.clear() }, 0, 2);
			all.position(all.position() + slice.position());
			channel.read(direct.clear().limit(Math.min(1000, all.remaining())));
			all.put(direct.flip());
		}
		return all.array();
	}

	@Test
	void whenAPeerHasEndedItsSideThenTheOtherSideCanBeWrittenUntilItIsEndedToo() throws IOException {
		try (NativePair pair = new NativePair(this.selector)) {
			pair.peer.shutdownOutput();
			await(pair.channel, SelectionKey.OP_READ);
			assertThat(pair.channel.read(ByteBuffer.allocate(1))).isNegative();
			assertThat(pair.channel.write(ByteBuffer.wrap(new byte[3]))).isEqualTo(3);
			pair.channel.shutdownOutput();
			assertThat(pair.peer.getInputStream().readAllBytes()).hasSize(3);
			assertThatExceptionOfType(ClosedChannelException.class)
				.isThrownBy(() -> pair.channel.write(ByteBuffer.wrap(new byte[3])));
		}
	}

	@Test
	void whenASocketThatLingersForNoTimeIsClosedThenItsPeerIsReset() throws IOException {
		try (NativePair pair = new NativePair(this.selector)) {
			pair.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			pair.channel.close();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> pair.peer.getInputStream().read())
				.withMessage("Connection reset");
		}
	}

	@Test
	void whenThePeerHasResetThenReadingAndWritingSayWhatThoseOfNioSay() throws IOException {
		try (NativePair pair = new NativePair(this.selector)) {
			pair.peer.setSoLinger(true, 0);
			pair.peer.close();
			await(pair.channel, SelectionKey.OP_READ);
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> pair.channel.read(ByteBuffer.allocate(1)))
				.withMessage("Connection reset");
			assertThatIOException().isThrownBy(() -> pair.channel.write(ByteBuffer.wrap(new byte[1])))
				.withMessage("Broken pipe");
			assertThat(pair.channel.getRemoteAddress()).isNotNull();
		}
	}

	@Test
	void whenNobodyListensThenConnectingSaysWhatThatOfNioSays(@TempDir Path directory) throws IOException {
		int port = Ports.free();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
			.withMessage("Connection refused");
		try (SocketChannel channel = open(StandardProtocolFamily.UNIX)) {
			assertThatExceptionOfType(SocketException.class)
				.isThrownBy(() -> channel.connect(UnixDomainSocketAddress.of(directory.resolve("none"))))
				.withMessage("No such file or directory");
			assertThat(channel.isOpen()).isFalse();
		}
		try (SocketChannel channel = this.provider.openSocketChannel()) {
			assertThat(channel.getLocalAddress()).isNull();
			assertThat(channel.getRemoteAddress()).isNull();
			assertThatExceptionOfType(NotYetConnectedException.class)
				.isThrownBy(() -> channel.write(ByteBuffer.allocate(1)));
			assertThatExceptionOfType(UnresolvedAddressException.class)
				.isThrownBy(() -> channel.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
		}
	}

	@Test
	void whenAPortIsTakenThenBindingSaysWhatThatOfNioSays() throws IOException {
		try (ServerSocketChannel server = listen(InetAddress.getLoopbackAddress());
				ServerSocketChannel other = this.provider.openServerSocketChannel()) {
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> other.bind(server.getLocalAddress()))
				.withMessage("Address already in use");
			assertThat(other.getLocalAddress()).isNull();
		}
	}

	@Test
	void whenAnAddressIsOneOfIpv4ThenItIsToldAsSuch() throws IOException {
		try (ServerSocketChannel server = listen(InetAddress.getByName("127.0.0.1"));
				SocketChannel channel = connect(server.getLocalAddress())) {
			assertThat(server.getLocalAddress().toString()).startsWith("/127.0.0.1:");
			assertThat(channel.getRemoteAddress()).isEqualTo(server.getLocalAddress());
			assertThat(accept(server).getRemoteAddress()).isEqualTo(channel.getLocalAddress());
		}
	}

	@Test
	void whenAnAddressHasAScopeThenTheSocketHasItToo() throws IOException {
		Inet6Address address = Collections.list(NetworkInterface.getNetworkInterfaces())
			.stream()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((each) -> each instanceof Inet6Address && each.isLinkLocalAddress())
			.map(Inet6Address.class::cast)
			.findFirst()
			.orElse(null);
		assumeThat(address).as("an interface with an address of its link").isNotNull();
		try (ServerSocketChannel server = listen(address); SocketChannel channel = connect(server.getLocalAddress())) {
			Inet6Address local = (Inet6Address) ((InetSocketAddress) channel.getLocalAddress()).getAddress();
			assertThat(local).isEqualTo(address);
			assertThat(local.getScopeId()).isEqualTo(address.getScopeId());
		}
	}

	/** As a sockaddr has it, also where no interface has such an address. */
	@Test
	void whenAnAddressHasAScopeThenItIsReadAsItWasWritten() throws IOException {
		byte[] bytes = InetAddress.getByName("fe80::1:2").getAddress();
		InetSocketAddress address = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 7), 4711);
		Scratch scratch = Scratch.take();
		int length = Addresses.write(address, Constants.AF_INET6, scratch.small);
		assertThat(Addresses.read(scratch.small, length)).isEqualTo(address);
		scratch.giveBack();
	}

	@Test
	void whenASocketIsSeenByTheClassicApiThenItSaysWhatOneOfNioSays() throws IOException {
		try (ServerSocketChannel server = listen(InetAddress.getLoopbackAddress());
				SocketChannel channel = connect(server.getLocalAddress());
				SocketChannel nio = SocketChannel.open(server.getLocalAddress())) {
			for (SocketChannel each : List.of(channel, nio)) {
				Socket socket = each.socket();
				socket.setTcpNoDelay(true);
				socket.setKeepAlive(true);
				socket.setSoTimeout(0);
				socket.setSoLinger(true, 3);
				socket.setSendBufferSize(20_000);
				socket.setReceiveBufferSize(20_000);
				each.shutdownOutput();
			}
			assertThat(seen(channel.socket())).isEqualTo(seen(nio.socket()));
			assertThat(channel.socket().toString()).startsWith("Socket[addr=");
			channel.socket().close();
			assertThat(channel.isOpen()).isFalse();
			assertThat(channel.socket().isClosed()).isTrue();
		}
	}

	private static List<Object> seen(Socket socket) throws IOException {
		return List.of(socket.getTcpNoDelay(), socket.getKeepAlive(), socket.getSoTimeout(), socket.getSoLinger(),
				socket.getSendBufferSize(), socket.getReceiveBufferSize(), socket.getReuseAddress(),
				socket.getOOBInline(), socket.isInputShutdown(), socket.isOutputShutdown(), socket.isBound(),
				socket.isConnected(), socket.isClosed(), socket.getInetAddress(), socket.getPort(),
				socket.getLocalAddress(), socket.getRemoteSocketAddress());
	}

	@Test
	void whenAUnixSocketIsSeenByTheClassicApiThenItSaysThatBothSidesAreHereAndWhatIsShutDown(@TempDir Path directory)
			throws IOException {
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
				SocketChannel channel = open(StandardProtocolFamily.UNIX)) {
			channel.connect(server.getLocalAddress());
			Socket socket = channel.socket();
			assertThat(List.of(socket.getInetAddress(), socket.getLocalAddress()))
				.containsOnly(InetAddress.getLoopbackAddress());
			assertThat(List.of(socket.getPort(), socket.getLocalPort())).containsOnly(0);
			assertThat(socket.getRemoteSocketAddress()).isEqualTo(address);
			assertThat(socket.isConnected() && socket.isBound()).isTrue();
			socket.setTcpNoDelay(true);
			assertThat(socket.getTcpNoDelay()).isFalse();
			assertThat(socket.isOutputShutdown()).isFalse();
			socket.shutdownOutput();
			assertThat(socket.isOutputShutdown()).isTrue();
			assertThat(socket.isInputShutdown()).isFalse();
		}
	}

	private ServerSocketChannel listen(InetAddress address) throws IOException {
		ServerSocketChannel server = this.provider.openServerSocketChannel();
		server.configureBlocking(false);
		return server.bind(new InetSocketAddress(address, 0));
	}

	private SocketChannel open(StandardProtocolFamily family) throws IOException {
		SocketChannel channel = this.provider.openSocketChannel(family);
		channel.configureBlocking(false);
		return channel;
	}

	private SocketChannel connect(SocketAddress address) throws IOException {
		SocketChannel channel = this.provider.openSocketChannel();
		channel.configureBlocking(false);
		if (!channel.connect(address)) {
			await(channel, SelectionKey.OP_CONNECT);
			channel.finishConnect();
		}
		return channel;
	}

	private static SocketChannel accept(ServerSocketChannel server) {
		return Awaitility.await().until(server::accept, (accepted) -> accepted != null);
	}

	private void await(SocketChannel channel, int operation) throws IOException {
		SelectionKey key = channel.register(this.selector, operation);
		boolean[] ready = new boolean[1];
		while (!ready[0]) {
			this.selector.select((each) -> ready[0] |= each == key, 30_000);
		}
		key.interestOps(0);
	}

}
