package dev.sockets.readme;

import java.util.concurrent.CompletableFuture;

import dev.sockets.annotation.Opcode;
import dev.sockets.annotation.SocketExchange;
import dev.sockets.rpc.Kwargs;

@SocketExchange("far-arm")
interface ArmControl {

	@Opcode(0x01)
	int move(int steps);

	@Opcode(0x01)
	CompletableFuture<Integer> move(int steps, Kwargs named);

}
