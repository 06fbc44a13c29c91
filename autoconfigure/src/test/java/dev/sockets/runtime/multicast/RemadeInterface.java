package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;

import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.EndpointState;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.TestedEngine;

/**
 * A process with a network of its own, where an interface is removed and made again with
 * another index. Ends with "ok" as its last line when a sender goes on.
 */
final class RemadeInterface {

	private static final String NAME = "made0";

	private RemadeInterface() {
	}

	public static void main(String[] args) throws Exception {
		String group = args[0];
		make();
		int index = index();
		GenericApplicationContext context = new GenericApplicationContext();
		context.refresh();
		MulticastEndpoints endpoints = new MulticastEndpoints(TestedEngine.loops(1), context, new NetworkInterfaces(),
				Duration.ofMillis(50));
		Queue<Object> received = new ConcurrentLinkedQueue<>();
		MulticastReceiver receiver = endpoints.receiver(MulticastReceiverSettings.builder("receiver")
			.port(0)
			.groups(List.of(group))
			.networkInterfaces(List.of(NAME))
			.build());
		receiver.addHandler((peer, payload) -> {
			received.add(payload);
			return null;
		});
		receiver.start();
		MulticastSender sender = endpoints.sender(MulticastSenderSettings.builder("sender")
			.group(group)
			.port(receiver.getLocalAddress().getPort())
			.networkInterface(NAME)
			.build());
		sender.start();
		sender.send("before");
		await("the first message", () -> received.contains("before"));
		run("ip", "link", "del", NAME);
		await("an outage", () -> fails(sender) && sender.status().state() == EndpointState.FAILING);
		run("ip", "link", "add", "other0", "type", "bridge");
		make();
		require("another index", index() != index);
		await("the outage's end", () -> sender.status().state() == EndpointState.READY);
		await("a message over the new interface", () -> {
			sender.send("after");
			return received.contains("after");
		});
		sender.stop();
		receiver.stop();
		System.out.println("ok");
	}

	private static boolean fails(MulticastSender sender) {
		try {
			sender.send("meanwhile");
			return false;
		}
		catch (SocketOperationException ex) {
			return true;
		}
	}

	private static void make() throws Exception {
		run("ip", "link", "add", NAME, "type", "bridge");
		run("ip", "addr", "add", "10.99.0.1/24", "dev", NAME);
		run("ip", "-6", "addr", "add", "fd99::1/64", "dev", NAME, "nodad");
		run("ip", "link", "set", NAME, "up");
	}

	private static int index() throws SocketException {
		return NetworkInterface.getByName(NAME).getIndex();
	}

	private static void run(String... command) throws IOException, InterruptedException {
		require(String.join(" ", command), new ProcessBuilder(command).inheritIO().start().waitFor() == 0);
	}

	private static void require(String what, boolean fact) {
		if (!fact) {
			throw new IllegalStateException("there is not: " + what);
		}
	}

	private static void await(String what, Callable<Boolean> fact) {
		Awaitility.await(what).atMost(Patience.SOON).until(fact);
	}

}
