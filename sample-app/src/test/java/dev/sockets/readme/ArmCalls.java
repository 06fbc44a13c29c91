package dev.sockets.readme;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sockets.rpc.Kwargs;
import dev.sockets.rpc.Reply;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.TcpClient;

class ArmCalls {

	List<Object> all(TcpClient client) {
		// @formatter:off
		RpcPeer arm = client.rpc();

		arm.bind("level", (request) -> 7);                              // for the other side to call, on all connections to come
		int position = arm.execute(0x01, Integer.class, 3, Kwargs.of("direction", "down"));
		CompletableFuture<Integer> later = arm.executeAsync(0x01, Integer.class, 1);
		long code = arm.send(0x01, 1);                                  // to be polled some time
		Reply reply = arm.poll(code, Duration.ofSeconds(5));
		arm.tell(0x01, 1);                                              // nobody wants to know
		// @formatter:on
		return List.of(position, later.join(), reply.value());
	}

}
