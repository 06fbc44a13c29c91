package com.example;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;

@Component
class OrderDesk {

	@SocketListener("shop")
	Receipt take(Order order) {
		return new Receipt(order.item(), 3 * order.count());
	}

	record Order(String item, int count) {
	}

	record Receipt(String item, int price) {
	}

}
