package dev.sockets.annotation.shop;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.annotation.EnableSocketExchanges;
import dev.sockets.annotation.SocketExchange;

/**
 * Has one interface of this package, which this package alone can see, as a bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableSocketExchanges
public class ShopConfiguration {

	@Bean
	Shop shop(ShopClient client) {
		return new Shop(client);
	}

	public record Shop(Object client) {

		public String ask(String question) {
			return ((ShopClient) this.client).askTwice(question);
		}

	}

	@SocketExchange("orders")
	interface ShopClient {

		String ask(String question);

		default String askTwice(String question) {
			return ask(question) + ", " + ask(question);
		}

	}

	interface NotAnnotated {

		String ask(String question);

	}

	@SocketExchange("orders")
	abstract static class NoInterface {

	}

}
