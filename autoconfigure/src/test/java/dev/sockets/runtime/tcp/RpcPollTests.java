package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.rpc.RemoteException;
import dev.sockets.rpc.Reply;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Replies to requests by opcode that are polled.
 */
@Timeout(60)
class RpcPollTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final RpcPair pair = new RpcPair(this.endpoints);

	private final RpcPeer server = this.pair.fromClient();

	@Test
	void whenACodeIsPolledThatIsNoneThenItIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.poll("abc"))
			.withMessageContaining("No replies are kept for the return code 'abc': ");
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.poll(12345))
			.withMessageContaining("No replies are kept for the return code 12345: ");
	}

	@Test
	void whenRepliesArePolledThenNoneIsAValueAndErrorsAreThrown() {
		RpcPeer bindings = this.pair.server.rpc();
		bindings.bind(1, (request) -> null);
		bindings.bind(2, (request) -> {
			throw new IllegalArgumentException("no");
		});
		long none = this.server.send(1);
		long failing = this.server.send(2);
		Reply reply = this.server.poll(none, TestEndpoints.SOON);
		assertThat(reply).isNotNull();
		assertThat(reply.<Object>value()).isNull();
		assertThat(this.server.poll(none)).isNull();
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> this.server.poll(failing, TestEndpoints.SOON))
			.withMessage("ValueError: no");
		this.server.forget(none);
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.poll(none))
			.withMessageContaining("No replies are kept for the return code " + none);
	}

	@Test
	void whenTheEndpointIsAskedThenItActsOnItsConnection() {
		this.pair.server.rpc().bind(1, (request) -> request.args().size());
		long code = this.server.send(1, "a", "b");
		assertThat(this.server.poll(code, TestEndpoints.SOON).<Integer>value()).isEqualTo(2);
		assertThat(this.server.poll(code, Duration.ofMillis(20))).isNull();
		assertThat(this.server.<Integer>execute(1, TestEndpoints.SOON, "a")).isEqualTo(1);
		assertThat(this.server.execute(1, Integer.class, TestEndpoints.SOON)).isZero();
		assertThat(this.server.<Integer>executeAsync(1, TestEndpoints.SOON, "a")).succeedsWithin(TestEndpoints.SOON)
			.isEqualTo(1);
		long flushed = this.server.send(1);
		Awaitility.await().until(() -> this.pair.near.getStatistics().messagesReceived() == 5);
		awaitAllBefore();
		this.server.flush(flushed);
		assertThat(this.server.poll(flushed)).isNull();
		this.server.forget(flushed);
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.poll(flushed));
		this.server.forgetAll();
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.poll(code));
	}

	/** A message is counted before it is kept. */
	private void awaitAllBefore() {
		assertThat(this.server.execute(1, Integer.class, TestEndpoints.SOON)).isZero();
	}

	@Test
	void whenAPeerRepliesSeveralTimesThenAllRepliesCanBePolled() throws IOException {
		TcpServer server = this.endpoints.server("other", RpcPair::wire);
		try (RpcWire peer = new RpcWire(server)) {
			RpcPeer rpc = this.endpoints.onlyConnection(server).rpc();
			long code = rpc.send("count", 3);
			List<?> request = peer.receive();
			assertThat(request).isEqualTo(Arrays.asList(1, (int) code, "count", List.of(3), Map.of()));
			for (int i = 1; i <= 3; i++) {
				peer.send(3, code, i);
			}
			for (int i = 1; i <= 3; i++) {
				assertThat(rpc.poll(code, TestEndpoints.SOON).<Integer>value()).isEqualTo(i);
			}
			peer.send(3, code, 4);
			peer.send(3, code, 5);
			long behind = rpc.send("behind");
			peer.send(3, behind, "they are kept");
			assertThat(rpc.poll(behind, TestEndpoints.SOON)).isNotNull();
			rpc.flush(code);
			assertThat(rpc.poll(code)).isNull();
			rpc.forgetAll();
			assertThatIllegalArgumentException().isThrownBy(() -> rpc.poll(code));
		}
	}

}
