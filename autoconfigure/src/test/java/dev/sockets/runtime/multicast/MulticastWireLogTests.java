package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.util.List;

import ch.qos.logback.classic.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Datagrams are shown in the log, when somebody wants to see them.
 */
@Timeout(60)
class MulticastWireLogTests {

	@AutoClose
	private final LogLines receiverLog = new LogLines("sockets.wire.receiver");

	@AutoClose
	private final LogLines senderLog = new LogLines("sockets.wire.sender");

	@AutoClose
	private final TestMulticast multicast = new TestMulticast();

	private final String group = TestMulticast.group();

	@Test
	void whenTheLevelIsDebugThenDatagramsOfBothWaysAreShown() {
		this.receiverLog.level(Level.DEBUG);
		this.senderLog.level(Level.DEBUG);
		MulticastReceiver receiver = this.multicast.onMessage((message) -> message.reply("no")).receiver(this.group);
		MulticastSender sender = this.multicast.sender(this.group, receiver);
		assertThat(sender.<String>request("hi", TestMulticast.SOON)).isEqualTo("no");
		InetSocketAddress from = ((MessageReceivedEvent<?>) this.multicast.awaitEvent(MessageReceivedEvent.class))
			.getSender();
		Awaitility.await().until(() -> this.receiverLog.all().size() == 2);
		assertThat(this.receiverLog.all()).containsExactly("DEBUG received 2 bytes from " + from + ": 68 69 \"hi\"",
				"DEBUG sent 2 bytes to " + from + ": 6e 6f \"no\"");
		assertThat(this.senderLog.all()).hasSize(2);
		assertThat(this.senderLog.all().get(0))
			.isEqualTo("DEBUG sent 2 bytes to /" + this.group + ":" + TestMulticast.port(receiver) + ": 68 69 \"hi\"");
		assertThat(this.senderLog.all().get(1)).startsWith("DEBUG received 2 bytes from /")
			.endsWith(":" + TestMulticast.port(receiver) + ": 6e 6f \"no\"");
	}

	@Test
	void whenItIsConfiguredThenNoLevelIsNeeded() {
		MulticastReceiver receiver = this.multicast
			.receiver((settings) -> settings.groups(List.of(this.group)).datagrams((common) -> common.wireLog(true)));
		this.multicast.sender(this.group, receiver).send("hi");
		Awaitility.await().until(() -> this.receiverLog.all().size() == 1);
		assertThat(this.receiverLog.all().get(0)).startsWith("INFO received 2 bytes");
		assertThat(this.senderLog.all()).isEmpty();
	}

}
