package com.example;

import java.util.concurrent.CompletableFuture;

import com.example.OrderDesk.Order;
import com.example.OrderDesk.Receipt;

import dev.sockets.tcp.TcpClient;

class ShopCalls {

	CompletableFuture<Receipt> twice(TcpClient shop) {
		Receipt receipt = shop.request(new Order("tea", 2), Receipt.class);
		CompletableFuture<Receipt> later = shop.requestAsync(new Order("tea", 2), Receipt.class);
		return later.thenApply((second) -> new Receipt(second.item(), receipt.price() + second.price()));
	}

}
