package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.Framings;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that does not do what it is asked for says so at once, and why.
 */
@Timeout(120)
class RemoteRefusalTests {

	private static final Consumer<TcpServerSettings.Builder> ANY = (settings) -> {
	};

	@AutoClose
	private final TestNodes nodes = new TestNodes(2,
			(settings) -> settings.requests(Duration.ofMinutes(5), 100).inbound(4096));

	private static void assertRefused(CompletableFuture<?> result, SocketErrorCode code, String why) {
		assertThat(result).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(code))
			.withMessageContaining(why);
	}

	@Test
	void whenTheServerHasStoppedThereThenARequestFailsAtOnce() {
		this.nodes.serve(ANY);
		String id = this.nodes.connectTo(1).getId();
		this.nodes.server(1).stop();
		assertRefused(this.nodes.server(0).sendAsync(id, "too late"), SocketErrorCode.NOT_CONNECTED,
				"There is no connection '" + id + "' on node 'node1'");
		assertThat(this.nodes.server(0).kick(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
	}

	@Test
	void whenMessagesLookOtherwiseThereThenARequestFailsAtOnce() {
		this.nodes.serveOn(0, ANY);
		this.nodes.serveOn(1, (settings) -> settings.connection((connection) -> connection.framing(Framings.crlf())));
		this.nodes.awaitEachOther();
		String id = this.nodes.connectTo(1).getId();
		assertRefused(this.nodes.server(0).sendAsync(id, "other framing"), SocketErrorCode.CODEC_FAILED,
				"Node 'node1' has another framing or codec");
		assertThat(this.nodes.server(0).kick(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
	}

	@Test
	void whenTooMuchWaitsThereThenARequestFailsAtOnce() {
		this.nodes.serve(ANY);
		String id = this.nodes.connectTo(1).getId();
		assertRefused(this.nodes.server(0).sendAsync(id, "x".repeat(5000)), SocketErrorCode.BACKPLANE_FULL,
				"sockets.backplane.inbound.max-pending");
		assertThat(this.nodes.backplane(1).counters().dropped(DropReason.INBOUND_FULL)).isOne();
		assertThat(this.nodes.server(0).sendAsync(id, "short")).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("short");
	}

}
