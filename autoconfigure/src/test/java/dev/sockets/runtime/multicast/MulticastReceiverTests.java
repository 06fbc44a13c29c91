package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastStartException;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Receivers start, stop, join and leave.
 */
@Timeout(120)
class MulticastReceiverTests {

	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	private final String other = TestMulticast.group();

	@AfterEach
	void close() {
		this.multicast.close();
	}

	@Test
	void whenGroupIsJoinedAndLeftWhileReceivingThenOnlyItsMessagesComeAndGo() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		InetSocketAddress second = new InetSocketAddress(this.other, TestMulticast.port(receiver));
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		sender.send(second, "too early");
		receiver.join(this.other);
		assertThat(receiver.getGroups()).containsExactly(this.group, this.other);
		sender.send(second, "in time");
		this.multicast.awaitReceived(receiver, 1);
		receiver.leave(this.other);
		assertThat(receiver.getGroups()).containsExactly(this.group);
		sender.send(second, "too late");
		sender.send("the end");
		assertThat(this.multicast.awaitReceived(receiver, 2)).containsExactly("in time", "the end");
		assertThat(this.multicast.events(GroupJoinedEvent.class))
			.extracting(GroupJoinedEvent::getGroup, GroupJoinedEvent::getNetworkInterface)
			.containsExactly(Assertions.tuple(this.group, TestMulticast.loopback().getName()),
					Assertions.tuple(this.other, TestMulticast.loopback().getName()));
		assertThat(this.multicast.events(GroupLeftEvent.class)).singleElement()
			.satisfies((event) -> assertThat(event.getGroup()).isEqualTo(this.other));
	}

	@RepeatedTest(20)
	void whenGroupWasJoinedOrLeftThenListenersHaveBeenTold() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		receiver.join(this.other);
		assertThat(this.multicast.events(GroupJoinedEvent.class)).extracting(GroupJoinedEvent::getGroup)
			.containsExactly(this.group, this.other);
		receiver.leave(this.other);
		assertThat(this.multicast.events(GroupLeftEvent.class)).extracting(GroupLeftEvent::getGroup)
			.containsExactly(this.other);
	}

	@Test
	void whenGroupIsJoinedTwiceThenItExists() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		assertCode(SocketErrorCode.ADDRESS_EXISTS, () -> receiver.join(this.group));
		assertCode(SocketErrorCode.ADDRESS_EXISTS, () -> receiver.join(this.other, this.other));
		assertCode(SocketErrorCode.ADDRESS_EXISTS, () -> receiver.join(this.other, this.group));
		assertThat(receiver.getGroups()).containsExactly(this.group);
		assertThat(SocketErrorCode.ADDRESS_EXISTS.value()).isEqualTo(1002);
	}

	@Test
	void whenGroupIsNotJoinedThenItCannotBeLeft() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		assertCode(SocketErrorCode.ADDRESS_NOT_FOUND, () -> receiver.leave(this.other));
		assertCode(SocketErrorCode.ADDRESS_NOT_FOUND, () -> receiver.leave(this.group, this.other));
		assertThat(receiver.getGroups()).containsExactly(this.group);
		assertThat(SocketErrorCode.ADDRESS_NOT_FOUND.value()).isEqualTo(1003);
	}

	@ParameterizedTest
	@ValueSource(strings = { "223.255.255.255", "240.0.0.0", "fe80::1", "::", "localhost", "224.0.0.256", "" })
	void whenAddressIsNoGroupThenItIsInvalid(String address) {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		assertCode(SocketErrorCode.INVALID_MULTICAST_ADDRESS, () -> receiver.join(address));
		assertCode(SocketErrorCode.INVALID_MULTICAST_ADDRESS, () -> receiver.leave(address));
		assertThat(SocketErrorCode.INVALID_MULTICAST_ADDRESS.value()).isEqualTo(1004);
	}

	@Test
	void whenReceiverIsRestartedThenItReceivesEachTimeAndKeepsItsGroups() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		for (int i = 1; i <= 3; i++) {
			receiver.stop();
			assertThat(receiver.isRunning()).isFalse();
			assertThat(receiver.status().state()).isEqualTo(EndpointState.STOPPED);
			assertThatIllegalStateException().isThrownBy(receiver::getLocalAddress);
			receiver.stop();
			if (i == 1) {
				receiver.join(this.other);
			}
			receiver.start();
			receiver.start();
			assertThat(receiver.status().state()).isEqualTo(EndpointState.LISTENING);
			MulticastSender sender = this.multicast.sender(this.group, receiver);
			sender.send(new InetSocketAddress(this.other, TestMulticast.port(receiver)), "again");
			this.multicast.awaitReceived(receiver, i);
		}
		assertThat(receiver.status().messagesReceived()).isEqualTo(3);
		assertThat(this.multicast.events(EndpointStartedEvent.class))
			.filteredOn((event) -> event.getSource() == receiver)
			.hasSize(4);
		assertThat(this.multicast.events(EndpointStoppedEvent.class)).hasSize(3);
	}

	@Test
	void whenReceiverStartsAndStopsThenItsEventsComeInOrder() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		this.multicast.sender(this.group, receiver).send("hello");
		this.multicast.awaitReceived(receiver, 1);
		receiver.stop();
		assertThat(this.multicast.events()).filteredOn((event) -> event.getSource() == receiver)
			.extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("EndpointStartedEvent", "GroupJoinedEvent", "MessageReceivedEvent", "GroupLeftEvent",
					"EndpointStoppedEvent");
	}

	@Test
	void whenHandlerStopsItsReceiverThenItStops() {
		AtomicBoolean stopped = new AtomicBoolean();
		this.multicast.onMessage((message) -> {
			message.getSource().stop();
			stopped.set(true);
		});
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		this.multicast.sender(this.group, receiver).send("stop");
		Awaitility.await().atMost(TestMulticast.SOON).until(stopped::get);
		this.multicast.awaitEvent(EndpointStoppedEvent.class);
		assertThat(receiver.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whenPortIsUsedBySocketWithoutReuseAddressThenStartSaysSo() throws Exception {
		MulticastReceiver receiver;
		int port;
		try (DatagramChannel taken = DatagramChannel.open(StandardProtocolFamily.INET)) {
			taken.bind(new InetSocketAddress("0.0.0.0", Ports.free()));
			port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
			receiver = this.multicast.newReceiver("receiver",
					(settings) -> settings.port(port).groups(List.of(this.group)));
			assertThatExceptionOfType(MulticastStartException.class).isThrownBy(receiver::start)
				.satisfies((failure) -> {
					assertThat(failure.getCode()).isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
					assertThat(failure.getProperty()).isEqualTo("sockets.multicast.receiver.receiver.port");
					assertThat(failure.getProblem())
						.isEqualTo("UDP port " + port + " is in use by a socket without reuse-address");
				});
		}
		assertThat(receiver.isRunning()).isFalse();
		assertThat(receiver.status().lastFailure().code()).isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
		assertThat(this.multicast.awaitEvent(EndpointFailedEvent.class).getCode())
			.isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
		receiver.start();
		assertThat(TestMulticast.port(receiver)).isEqualTo(port);
	}

	@Test
	void whenOtherProgramSharesPortByReuseAddressThenReceiverStarts() throws Exception {
		try (DatagramSocket shared = new DatagramSocket(null)) {
			shared.setReuseAddress(true);
			shared.bind(new InetSocketAddress("0.0.0.0", 0));
			MulticastReceiver receiver = this.multicast
				.receiver((settings) -> settings.port(shared.getLocalPort()).groups(List.of(this.group)));
			this.multicast.sender(this.group, receiver).send("hello");
			assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("hello");
		}
	}

	@Test
	void whenInterfaceDoesNotExistThenStartNamesThoseThatDo() {
		MulticastReceiver receiver = this.multicast.newReceiver("receiver",
				(settings) -> settings.groups(List.of(this.group)).networkInterfaces(List.of("eth77")));
		assertThatExceptionOfType(MulticastStartException.class).isThrownBy(receiver::start).satisfies((failure) -> {
			assertThat(failure.getProperty()).isEqualTo("sockets.multicast.receiver.receiver.network-interfaces");
			assertThat(failure.getProblem()).startsWith("there is no network interface 'eth77'; there are: ")
				.contains(TestMulticast.loopback().getName() + " (", "127.0.0.1");
		});
		assertThatExceptionOfType(MulticastStartException.class)
			.isThrownBy(this.multicast.newSender((settings) -> settings.networkInterface("eth77"))::start)
			.satisfies((failure) -> assertThat(failure.getProperty())
				.isEqualTo("sockets.multicast.sender.sender.network-interface"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "all" })
	void whenInterfaceIsGivenByAddressOrAllThenItIsJoined(String networkInterface) {
		MulticastReceiver receiver = this.multicast
			.receiver((settings) -> settings.groups(List.of(this.group)).networkInterfaces(List.of(networkInterface)));
		this.multicast.sender(this.group, receiver).send("hello");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("hello");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.multicast.events(GroupJoinedEvent.class))
				.extracting(GroupJoinedEvent::getNetworkInterface)
				.contains(TestMulticast.loopback().getName()));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whenThereAreManyGroupsThenOneThreadReadsThemAndEachCostsOneDescriptor() throws Exception {
		this.multicast.receiver(this.group);
		long threads = TestMulticast.threads().size();
		long descriptors = descriptors();
		MulticastReceiver receiver = this.multicast.receiver("many",
				(settings) -> settings.groups(IntStream.range(0, 100).mapToObj((i) -> "239.253.7." + i).toList()));
		assertThat(receiver.getGroups()).hasSize(100);
		assertThat(TestMulticast.threads().size() - threads).isLessThanOrEqualTo(2);
		assertThat(descriptors() - descriptors).isBetween(100L, 115L);
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
			return open.count();
		}
	}

	@Test
	void whenSourcesAreGivenThenOnlyTheirMessagesAreTaken() {
		MulticastReceiver mine = this.multicast.receiver("mine",
				(settings) -> settings.groups(List.of(this.group)).sources(List.of("127.0.0.1")));
		int port = TestMulticast.port(mine);
		MulticastReceiver others = this.multicast.receiver("others",
				(settings) -> settings.port(port).groups(List.of(this.group)).sources(List.of("192.0.2.77")));
		MulticastReceiver all = this.multicast.receiver("all",
				(settings) -> settings.port(port).groups(List.of(this.group)));
		this.multicast.sender(this.group, mine).send("hello");
		this.multicast.awaitReceived(all, 1);
		assertThat(this.multicast.awaitReceived(mine, 1)).containsExactly("hello");
		assertThat(this.multicast.received(others)).isEmpty();
	}

	@Test
	void whenSourcesAreGivenThenDatagramsOfOthersToThePortAreNotTakenEither() throws Exception {
		MulticastReceiver mine = this.multicast.receiver("mine",
				(settings) -> settings.groups(List.of(this.group)).sources(List.of("127.0.0.1")));
		MulticastReceiver others = this.multicast.receiver("others",
				(settings) -> settings.groups(List.of(this.group)).sources(List.of("192.0.2.77")));
		try (UdpPeer peer = new UdpPeer()) {
			for (MulticastReceiver receiver : List.of(mine, others)) {
				peer.send(new InetSocketAddress("127.0.0.1", TestMulticast.port(receiver)),
						"hello".getBytes(StandardCharsets.UTF_8));
			}
			assertThat(this.multicast.awaitReceived(mine, 1)).containsExactly("hello");
			Awaitility.await()
				.atMost(TestMulticast.SOON)
				.untilAsserted(
						() -> assertThat(others.statistics().datagrams().dropped()).containsEntry("OTHER_SOURCE", 1L));
		}
		assertThat(this.multicast.received(others)).isEmpty();
		assertThat(others.status().messagesReceived()).isZero();
	}

	@Test
	void whenInterfaceGoesAndComesBackThenGroupIsJoinedAgain() {
		NetworkInterface loopback = TestMulticast.loopback();
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		this.multicast.hide(loopback);
		EndpointFailedEvent failed = this.multicast.awaitEvent(EndpointFailedEvent.class);
		assertThat(failed.isRecovered()).isFalse();
		assertThat(failed.getCause()).hasMessageContaining(loopback.getName());
		this.multicast.awaitEvent(GroupLeftEvent.class);
		assertThat(receiver.status().state()).isEqualTo(EndpointState.FAILING);
		assertThat(receiver.status().lastFailure().message()).contains("network interface '" + loopback.getName());
		this.multicast.show(loopback);
		this.multicast.awaitEvents(GroupJoinedEvent.class, 2);
		assertThat(this.multicast.awaitEvents(EndpointFailedEvent.class, 2).get(1).isRecovered()).isTrue();
		assertThat(receiver.status().state()).isEqualTo(EndpointState.LISTENING);
		sender.send("back");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("back");
	}

	@Test
	void whenReadingThreadIsInterruptedThenReceiverRecovers() {
		MulticastReceiver receiver = this.multicast.receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-multicast-receiver-"))
			.forEach(Thread::interrupt);
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> {
			sender.send("are you there?");
			return !this.multicast.received(receiver).isEmpty();
		});
		Awaitility.await().atMost(TestMulticast.SOON).until(() -> receiver.status().state() == EndpointState.LISTENING);
	}

	@Test
	void whenReceiverHasManyGroupsThenOneThreadReadsThemAll() {
		List<String> groups = Stream.generate(TestMulticast::group).distinct().limit(50).toList();
		MulticastReceiver receiver = this.multicast.receiver((settings) -> settings.groups(groups));
		MulticastSender sender = this.multicast.sender((settings) -> {
		});
		groups.forEach((each) -> sender.send(new InetSocketAddress(each, TestMulticast.port(receiver)), "to " + each));
		assertThat(this.multicast.awaitReceived(receiver, groups.size()))
			.containsExactlyInAnyOrderElementsOf(groups.stream().map("to "::concat).toList());
		assertThat(TestMulticast.threads()).extracting(Thread::getName)
			.filteredOn((name) -> name.startsWith("sockets-multicast-receiver-"))
			.hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void whenSystemHasNoRouteThenSenderSaysSoAndGoesOn() {
		Assumptions.assumeTrue(TestMulticast.hasNoIpv6RouteOnLoopback(),
				"this machine sends IPv6 multicast over the loopback interface");
		MulticastSender sender = this.multicast.sender((settings) -> settings.group("ff15::7").port(4000));
		assertThat(sender.status().state()).isEqualTo(EndpointState.FAILING);
		assertThat(sender.status().lastFailure().message())
			.contains("there is no route for multicast on " + TestMulticast.loopback().getName());
		assertCode(SocketErrorCode.SEND_FAILED, () -> sender.send("hello"));
		sender.send(new InetSocketAddress(this.group, 4000), "hello");
		assertThat(sender.status().state()).isEqualTo(EndpointState.READY);
		assertThat(this.multicast.awaitEvents(EndpointFailedEvent.class, 2))
			.extracting(EndpointFailedEvent::isRecovered)
			.containsExactly(false, true);
	}

	private static void assertCode(SocketErrorCode code, ThrowingCallable call) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(call)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

}
