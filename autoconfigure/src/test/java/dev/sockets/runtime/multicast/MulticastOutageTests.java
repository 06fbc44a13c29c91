package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointState;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Network interfaces go and come, and groups can't be joined for a while: what a receiver
 * shows is true, each outage ends, and the other interfaces notice nothing.
 */
@Timeout(120)
class MulticastOutageTests {

	@AutoClose
	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	private final NetworkInterface loopback = TestMulticast.loopback();

	@Test
	void whenLookingAtInterfacesFailsThenTheyAreLookedAtAgain() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		this.multicast.failChecks(2);
		this.multicast.hide(this.loopback);
		awaitState(receiver, EndpointState.FAILING);
		this.multicast.show(this.loopback);
		awaitState(receiver, EndpointState.LISTENING);
	}

	@Test
	void whenGroupIsJoinedAgainAfterItCouldNotBeThenTheOutageEnds() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		failToJoinAgain(receiver);
		this.multicast.allow(this.loopback);
		awaitState(receiver, EndpointState.LISTENING);
		assertThat(this.multicast.awaitEvents(GroupJoinedEvent.class, 2)).hasSize(2);
		Awaitility.await()
			.atMost(TestMulticast.SOON)
			.untilAsserted(() -> assertThat(this.multicast.events(EndpointFailedEvent.class)).last()
				.satisfies((event) -> assertThat(event.isRecovered()).isTrue()));
		this.multicast.sender(this.group, receiver).send("back");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("back");
	}

	@Test
	void whenGroupThatCannotBeJoinedAgainIsLeftThenTheOutageEnds() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		failToJoinAgain(receiver);
		receiver.leave(this.group);
		awaitState(receiver, EndpointState.LISTENING);
	}

	private void failToJoinAgain(MulticastReceiver receiver) {
		this.multicast.hide(this.loopback);
		this.multicast.awaitEvent(GroupLeftEvent.class);
		this.multicast.refuse(this.loopback);
		this.multicast.show(this.loopback);
		Awaitility.await()
			.atMost(TestMulticast.SOON)
			.until(() -> receiver.status().lastFailure().message().contains("the system allows no more groups"));
		awaitState(receiver, EndpointState.FAILING);
	}

	@Test
	void whenGroupCannotBeJoinedOnOneOfTheInterfacesThenReceiverIsFailingUntilItCan() {
		NetworkInterface other = other();
		MulticastReceiver receiver = this.multicast.receiver((settings) -> settings.groups(List.of(this.group))
			.networkInterfaces(List.of(this.loopback.getName(), other.getName())));
		this.multicast.hide(other);
		this.multicast.awaitEvent(GroupLeftEvent.class);
		this.multicast.refuse(other);
		this.multicast.show(other);
		Awaitility.await()
			.atMost(TestMulticast.SOON)
			.until(() -> receiver.status().lastFailure().message().contains("the system allows no more groups"));
		awaitState(receiver, EndpointState.FAILING);
		this.multicast.allow(other);
		awaitState(receiver, EndpointState.LISTENING);
		assertThat(this.multicast.awaitEvents(GroupJoinedEvent.class, 3))
			.extracting(GroupJoinedEvent::getNetworkInterface)
			.containsExactly(this.loopback.getName(), other.getName(), other.getName());
	}

	@Test
	void whenAllInterfacesAreMeantAndAllAreGoneThenReceiverIsFailingUntilOneComes() {
		MulticastReceiver receiver = this.multicast.receiver((settings) -> settings.groups(List.of(this.group))
			.networkInterfaces(List.of(MulticastReceiverSettings.ALL_INTERFACES)));
		List<NetworkInterface> all = TestMulticast.all();
		all.forEach(this.multicast::hide);
		awaitState(receiver, EndpointState.FAILING);
		assertThat(receiver.status().lastFailure().message()).contains(this.group);
		this.multicast.show(this.loopback);
		awaitState(receiver, EndpointState.LISTENING);
		this.multicast.sender((settings) -> settings.group(this.group).port(TestMulticast.port(receiver))).send("back");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("back");
	}

	@Test
	void whenInterfaceHasGoneThenNothingComesOverItUntilItIsBack() {
		NetworkInterface other = other();
		MulticastReceiver receiver = this.multicast.receiver((settings) -> settings.groups(List.of(this.group))
			.networkInterfaces(List.of(this.loopback.getName(), other.getName())));
		this.multicast.hide(this.loopback);
		this.multicast.awaitEvent(GroupLeftEvent.class);
		try (UdpPeer peer = new UdpPeer()) {
			peer.send(new InetSocketAddress(this.group, TestMulticast.port(receiver)), new byte[] { 'a' });
			this.multicast.show(this.loopback);
			this.multicast.awaitEvents(GroupJoinedEvent.class, 3);
			peer.send(new InetSocketAddress(this.group, TestMulticast.port(receiver)), new byte[] { 'b' });
			assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("b");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whenOtherInterfacesGoAndComeThenNothingIsLostOrDoubled() throws Exception {
		int count = 10_000;
		NetworkInterface other = other();
		MulticastReceiver receiver = this.multicast.receiver((settings) -> settings.groups(List.of(this.group))
			.networkInterfaces(List.of(MulticastReceiverSettings.ALL_INTERFACES)));
		InetSocketAddress to = new InetSocketAddress(this.group, TestMulticast.port(receiver));
		try (UdpPeer peer = new UdpPeer()) {
			int i;
			for (i = 0; i < count || i % 1_000 != 0 || !areJoinedAgain(); i++) {
				peer.send(to, Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
				if (i % 1_000 == 0) {
					this.multicast.hide(other);
				}
				else if (i % 1_000 == 500) {
					this.multicast.show(other);
				}
				if (i % 10 == 9) {
					LockSupport.parkNanos(1_000_000);
				}
				if (i % 100 == 99) {
					int sent = i + 1;
					Awaitility.await().until(() -> receiver.statistics().datagrams().received() >= sent);
				}
			}
			assertThat(this.multicast.awaitReceived(receiver, i))
				.containsExactlyElementsOf(IntStream.range(0, i).mapToObj(Integer::toString).toList());
		}
	}

	/** On a busy machine it may be looked seldom whether it is there. */
	private boolean areJoinedAgain() {
		return this.multicast.events(GroupJoinedEvent.class).size() > 3;
	}

	@Test
	void whenInterfaceComesThenGroupOfOneLinkIsJoinedOnItToo() {
		String six = "ff12::" + Integer.toHexString((int) (Math.random() * 0xffff));
		NetworkInterface network = TestMulticast.byName(TestMulticast.ipv6Network(six));
		MulticastReceiver receiver = this.multicast.receiver((settings) -> settings.groups(List.of(six))
			.networkInterfaces(List.of(MulticastReceiverSettings.ALL_INTERFACES)));
		for (int i = 1; i <= 2; i++) {
			this.multicast.hide(network);
			this.multicast.awaitEvents(GroupLeftEvent.class, i);
			int joined = this.multicast.events(GroupJoinedEvent.class).size();
			this.multicast.show(network);
			this.multicast.awaitEvents(GroupJoinedEvent.class, joined + 1);
			this.multicast
				.sender((settings) -> settings.group(six)
					.port(TestMulticast.port(receiver))
					.networkInterface(network.getName())
					.timeToLive(0))
				.send("hello");
			assertThat(this.multicast.awaitReceived(receiver, i)).hasSize(i).containsOnly("hello");
		}
	}

	private static NetworkInterface other() {
		return TestMulticast.byName(TestMulticast.networkOtherThanLoopback());
	}

	private static void awaitState(MulticastReceiver receiver, EndpointState state) {
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> receiver.status().state() == state);
	}

}
