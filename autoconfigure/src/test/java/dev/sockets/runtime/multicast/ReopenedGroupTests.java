package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.multicast.MulticastReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the system has not let a socket leave its group, another one takes its place when
 * the interface is back: nothing is received twice, and nothing is lost that has come to
 * the former one.
 */
@Timeout(120)
class ReopenedGroupTests {

	private static final int EACH = 40;

	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	private final NetworkInterface loopback = TestMulticast.loopback();

	private final AtomicInteger sent = new AtomicInteger();

	private MulticastReceiver receiver;

	private UdpPeer peer;

	@BeforeEach
	void loseTheInterface() throws IOException {
		this.peer = new UdpPeer();
		this.multicast.letNoGroupBeLeft();
		this.receiver = this.multicast.receiver(this.group);
		this.multicast.hide(this.loopback);
		this.multicast.awaitEvent(GroupLeftEvent.class);
	}

	@AfterEach
	void close() {
		this.peer.close();
		this.multicast.close();
	}

	@Test
	void whenAnotherSocketHasJoinedThenNothingComesTwice() {
		AtomicBoolean joined = new AtomicBoolean();
		this.multicast.onJoin(() -> {
			if (!joined.getAndSet(true)) {
				send(EACH);
			}
		});
		reopen();
		expectAll();
	}

	@Test
	void whenTheFormerSocketIsClosedThenWhatItHadReceivedIsHandled() {
		AtomicBoolean joined = new AtomicBoolean();
		this.multicast.onJoin(() -> joined.set(true));
		this.multicast.onLook(() -> {
			if (!joined.get() && this.receiver.statistics().datagrams().received() == this.sent.get()) {
				send(EACH);
			}
		});
		reopen();
		expectAll();
	}

	private void reopen() {
		this.multicast.show(this.loopback);
		this.multicast.awaitEvents(GroupJoinedEvent.class, 2);
		send(1);
	}

	private void expectAll() {
		List<Object> expected = new ArrayList<>(
				IntStream.range(0, this.sent.get()).mapToObj(Integer::toString).toList());
		assertThat(this.multicast.awaitReceived(this.receiver, expected.size())).isEqualTo(expected);
		assertThat(this.receiver.statistics().datagrams().totalDropped()).isZero();
	}

	private void send(int count) {
		InetSocketAddress to = new InetSocketAddress(this.group, TestMulticast.port(this.receiver));
		try {
			for (int i = 0; i < count; i++) {
				this.peer.send(to, Integer.toString(this.sent.getAndIncrement()).getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
