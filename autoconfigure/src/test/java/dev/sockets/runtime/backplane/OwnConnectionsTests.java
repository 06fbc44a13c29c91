package dev.sockets.runtime.backplane;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.tcp.ConnectionInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others are told of connections here.
 */
class OwnConnectionsTests {

	private final OwnConnections own = new OwnConnections(true, () -> {
	});

	@Test
	void whenNobodyCanBeToldForLongThenOthersAreToAskForAll() {
		for (int i = 0; i <= OwnConnections.MOST_UNTOLD; i++) {
			this.own.opened("hub", new ConnectionInfo("here-" + i, "here", Optional.empty(), Set.of(),
					new InetSocketAddress(7001), Instant.EPOCH));
		}
		assertThat(this.own.untold()).isOne();
		Changes changes = this.own.take(100);
		assertThat(changes).isNotNull();
		assertThat(changes.from()).isEqualTo(OwnConnections.MOST_UNTOLD);
		assertThat(this.own.snapshot()).allSatisfy((part) -> assertThat(part.version()).isEqualTo(changes.to()));
	}

}
