package dev.sockets.runtime.multicast;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.GroupJoinedEvent;
import dev.sockets.event.GroupLeftEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups with an address of IPv6.
 */
@Timeout(120)
class MulticastIpv6Tests {

	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	@AfterEach
	void close() {
		this.multicast.close();
	}

	@Test
	void whenGroupIsIpv6ThenItIsReceivedWithGroupAndSender() {
		String six = "ff15::" + Integer.toHexString((int) (Math.random() * 0xffff));
		String network = TestMulticast.ipv6Network(six);
		MulticastReceiver receiver = this.multicast
			.receiver((settings) -> settings.groups(List.of(six, this.group)).networkInterfaces(List.of(network)));
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(six)
			.port(TestMulticast.port(receiver))
			.networkInterface(network)
			.timeToLive(0));
		this.multicast.onMessage((message) -> message.reply("re: " + message.getPayload()));
		assertThat(sender.<String>request("hello", TestMulticast.SOON)).isEqualTo("re: hello");
		MessageReceivedEvent<?> event = this.multicast.awaitEvent(MessageReceivedEvent.class);
		assertThat(event.getGroup()).isEqualTo(new InetSocketAddress(six, TestMulticast.port(receiver)));
		assertThat(event.getSender().getAddress()).isInstanceOf(Inet6Address.class);
	}

	@Test
	void whenGroupIsIpv6OfOneLinkThenItIsJoinedOnEachInterface() {
		String six = "ff12::" + Integer.toHexString((int) (Math.random() * 0xffff));
		String network = TestMulticast.ipv6Network(six);
		MulticastReceiver receiver = this.multicast
			.receiver((settings) -> settings.groups(List.of(six)).networkInterfaces(List.of("all")));
		MulticastSender sender = this.multicast.sender((settings) -> settings.group(six)
			.port(TestMulticast.port(receiver))
			.networkInterface(network)
			.timeToLive(0));
		sender.send("hello");
		assertThat(this.multicast.awaitReceived(receiver, 1)).containsExactly("hello");
		receiver.leave(six);
		assertThat(this.multicast.events(GroupLeftEvent.class)).isNotEmpty()
			.hasSameSizeAs(this.multicast.events(GroupJoinedEvent.class));
	}

}
