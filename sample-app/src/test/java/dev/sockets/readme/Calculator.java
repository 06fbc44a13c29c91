package dev.sockets.readme;

import java.util.concurrent.CompletableFuture;

import dev.sockets.annotation.SocketExchange;

@SocketExchange(value = "far-calculator", timeout = "2s")
interface Calculator {

	long square(String number);

	CompletableFuture<Long> squareLater(String number);

	void send(String line);

}
