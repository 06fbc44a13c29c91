package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.time.Duration;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.SocketEndpoint;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.TestedEngine;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * Receivers and senders without Spring Boot, on the loopback interface, whose events are
 * recorded.
 */
final class TestMulticast implements AutoCloseable {

	static final Duration SOON = Patience.SOON;

	private final Set<Thread> before = Set.copyOf(threads());

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final Queue<SocketEvent> events = new ConcurrentLinkedQueue<>();

	private final Deque<SocketEndpoint> opened = new ConcurrentLinkedDeque<>();

	/** Those of this machine, but for hidden ones. */
	private final Set<String> hidden = ConcurrentHashMap.newKeySet();

	/** Those on which no group can be joined. */
	private final Set<String> refusing = ConcurrentHashMap.newKeySet();

	private final AtomicInteger failingChecks = new AtomicInteger();

	private volatile boolean leavable = true;

	private volatile Runnable onLook = () -> {
	};

	private volatile Runnable onJoin = () -> {
	};

	private final MulticastEndpoints endpoints;

	private volatile Consumer<MessageReceivedEvent<?>> handler = (message) -> {
	};

	TestMulticast() {
		this.endpoints = new MulticastEndpoints(TestedEngine.loops(1), this.context,
				new NetworkInterfaces(this::interfaces, this::join), Duration.ofMillis(20));
		this.context.addApplicationListener(new Recorder());
		this.context.refresh();
	}

	/** A group that no other test uses. */
	static String group() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return "239.255." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
	}

	static NetworkInterface loopback() {
		try {
			return NetworkInterface.networkInterfaces().filter(TestMulticast::isLoopback).findFirst().orElseThrow();
		}
		catch (SocketException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a network interface that has its own idea of what goes back to this
	 * machine; skips the test when there is none.
	 */
	static String networkOtherThanLoopback() {
		try {
			Optional<NetworkInterface> found = NetworkInterface.networkInterfaces()
				.filter((networkInterface) -> !isLoopback(networkInterface) && isUsable(networkInterface))
				.findFirst();
			Assumptions.assumeTrue(found.isPresent(), "this machine has no network but the loopback interface");
			return found.get().getName();
		}
		catch (SocketException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a network interface over which datagrams to an IPv6 group come back, the
	 * loopback interface if possible; skips the test when there is none.
	 */
	static String ipv6Network(String group) {
		Optional<String> found = Stream.concat(Stream.of(loopback()), all().stream())
			.map(NetworkInterface::getName)
			.filter((name) -> canSend(group, name))
			.findFirst();
		Assumptions.assumeTrue(found.isPresent(), "this machine has no route for IPv6 multicast");
		return found.get();
	}

	static boolean hasNoIpv6RouteOnLoopback() {
		return !canSend("ff15::7", loopback().getName());
	}

	/** Nothing leaves this machine. */
	private static boolean canSend(String group, String name) {
		try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
			channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
			channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(name));
			channel.send(ByteBuffer.allocate(1), new InetSocketAddress(group, 9));
			return true;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	static List<NetworkInterface> all() {
		try {
			return Collections.list(NetworkInterface.getNetworkInterfaces());
		}
		catch (SocketException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static NetworkInterface byName(String name) {
		return all().stream().filter((one) -> one.getName().equals(name)).findFirst().orElseThrow();
	}

	private static boolean isUsable(NetworkInterface networkInterface) {
		try {
			return networkInterface.isUp() && networkInterface.supportsMulticast()
					&& networkInterface.inetAddresses().anyMatch(Inet4Address.class::isInstance);
		}
		catch (SocketException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isLoopback(NetworkInterface networkInterface) {
		try {
			return networkInterface.isLoopback();
		}
		catch (SocketException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<NetworkInterface> interfaces() {
		if (this.failingChecks.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new IllegalStateException("on purpose");
		}
		this.onLook.run();
		return all().stream().filter((networkInterface) -> !this.hidden.contains(networkInterface.getName())).toList();
	}

	private MembershipKey join(DatagramChannel channel, InetAddress group, NetworkInterface on,
			@Nullable InetAddress source) throws IOException {
		if (this.refusing.contains(on.getName())) {
			throw new IOException("No buffer space available");
		}
		MembershipKey key = NetworkInterfaces.joinOnMachine(channel, group, on, source);
		this.onJoin.run();
		return this.leavable ? key : new StubbornKey(key);
	}

	/** Lets no socket leave a group that it joins from now on, but by its end. */
	void letNoGroupBeLeft() {
		this.leavable = false;
	}

	/** Does something whenever a socket has joined a group. */
	void onJoin(Runnable action) {
		this.onJoin = action;
	}

	/** Does something before each look at the interfaces. */
	void onLook(Runnable action) {
		this.onLook = action;
	}

	/** Lets no group be joined on an interface. */
	void refuse(NetworkInterface networkInterface) {
		this.refusing.add(networkInterface.getName());
	}

	void allow(NetworkInterface networkInterface) {
		this.refusing.remove(networkInterface.getName());
	}

	/** Lets the next looks at the interfaces fail, and waits until they have. */
	void failChecks(int count) {
		this.failingChecks.set(count);
		Awaitility.await().atMost(SOON).until(() -> this.failingChecks.get() == 0);
	}

	/** Lets an interface go, as far as our endpoints see. */
	void hide(NetworkInterface networkInterface) {
		this.hidden.add(networkInterface.getName());
	}

	void show(NetworkInterface networkInterface) {
		this.hidden.remove(networkInterface.getName());
	}

	TestMulticast onMessage(Consumer<MessageReceivedEvent<?>> handler) {
		this.handler = handler;
		return this;
	}

	GenericApplicationContext context() {
		return this.context;
	}

	MulticastReceiver receiver(String... groups) {
		return receiver((settings) -> settings.groups(List.of(groups)));
	}

	MulticastReceiver receiver(Consumer<MulticastReceiverSettings.Builder> settings) {
		return receiver("receiver", settings);
	}

	MulticastReceiver receiver(String name, Consumer<MulticastReceiverSettings.Builder> settings) {
		MulticastReceiver receiver = newReceiver(name, settings);
		receiver.start();
		return receiver;
	}

	MulticastReceiver newReceiver(String name, Consumer<MulticastReceiverSettings.Builder> settings) {
		MulticastReceiverSettings.Builder builder = MulticastReceiverSettings.builder(name)
			.port(0)
			.networkInterfaces(List.of(loopback().getName()));
		settings.accept(builder);
		MulticastReceiver receiver = this.endpoints.receiver(builder.build());
		this.opened.push(receiver);
		return receiver;
	}

	MulticastSender sender(String group, MulticastReceiver receiver) {
		return sender((settings) -> settings.group(group).port(port(receiver)));
	}

	MulticastSender sender(Consumer<MulticastSenderSettings.Builder> settings) {
		MulticastSender sender = newSender(settings);
		sender.start();
		return sender;
	}

	MulticastSender newSender(Consumer<MulticastSenderSettings.Builder> settings) {
		MulticastSenderSettings.Builder builder = MulticastSenderSettings.builder("sender")
			.networkInterface(loopback().getName());
		settings.accept(builder);
		MulticastSender sender = this.endpoints.sender(builder.build());
		this.opened.push(sender);
		return sender;
	}

	MulticastEndpoints endpoints() {
		return this.endpoints;
	}

	UdpReceiver udpReceiver(Consumer<MulticastReceiverSettings.Builder> settings) {
		UdpReceiver receiver = newUdpReceiver("udp-receiver", settings);
		receiver.start();
		return receiver;
	}

	UdpReceiver newUdpReceiver(String name, Consumer<MulticastReceiverSettings.Builder> settings) {
		MulticastReceiverSettings.Builder builder = MulticastReceiverSettings.udp(name).port(0);
		settings.accept(builder);
		UdpReceiver receiver = this.endpoints.udpReceiver(builder.build());
		this.opened.push(receiver);
		return receiver;
	}

	UdpSender udpSender(Consumer<MulticastSenderSettings.Builder> settings) {
		MulticastSenderSettings.Builder builder = MulticastSenderSettings.udp("udp-sender");
		settings.accept(builder);
		UdpSender sender = this.endpoints.udpSender(builder.build());
		this.opened.push(sender);
		sender.start();
		return sender;
	}

	static int port(MulticastReceiver receiver) {
		return receiver.getLocalAddress().getPort();
	}

	List<SocketEvent> events() {
		return List.copyOf(this.events);
	}

	<E extends SocketEvent> List<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<E extends SocketEvent> List<E> awaitEvents(Class<E> type, int count) {
		Awaitility.await().atMost(SOON).until(() -> events(type).size() >= count);
		return events(type);
	}

	<E extends SocketEvent> E awaitEvent(Class<E> type) {
		return awaitEvents(type, 1).get(0);
	}

	/** Returns the payloads that an endpoint has received. */
	List<Object> received(SocketEndpoint endpoint) {
		return this.events.stream()
			.filter((event) -> event.getSource() == endpoint && event instanceof MessageReceivedEvent<?>)
			.map((event) -> (Object) ((MessageReceivedEvent<?>) event).getPayload())
			.toList();
	}

	List<Object> awaitReceived(SocketEndpoint endpoint, int count) {
		Awaitility.await().atMost(SOON).until(() -> received(endpoint).size() >= count);
		return received(endpoint);
	}

	static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-multicast-")
					|| thread.getName().startsWith("sockets-udp-"))
			.collect(Collectors.toSet());
	}

	@Override
	public void close() {
		this.opened.forEach(SocketEndpoint::stop);
		this.context.close();
		Awaitility.await("no thread is left").atMost(SOON).until(() -> this.before.containsAll(threads()));
	}

	private final class Recorder implements ApplicationListener<SocketEvent> {

		@Override
		public void onApplicationEvent(SocketEvent event) {
			TestMulticast.this.events.add(event);
			if (event instanceof MessageReceivedEvent<?> message) {
				TestMulticast.this.handler.accept(message);
			}
		}

	}

}
