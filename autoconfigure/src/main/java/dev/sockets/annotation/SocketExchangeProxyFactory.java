package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.StringValueResolver;

import dev.sockets.tcp.TcpClient;

/**
 * Creates clients from {@link SocketExchange} interfaces, where they aren't beans.
 */
public final class SocketExchangeProxyFactory {

	private SocketExchangeProxyFactory() {
	}

	/**
	 * Creates a client that converts answers as Spring does by default.
	 * @param <T> the interface
	 * @param type the interface; it need not be annotated
	 * @param client sends what the methods are given
	 * @return the client
	 * @throws IllegalArgumentException when a method of the interface can't be one of a
	 * client
	 * @throws IllegalStateException when one has an {@link Opcode}, but the client has no
	 * {@code rpc}
	 */
	public static <T> T create(Class<T> type, TcpClient client) {
		return create(type, client, DefaultConversionService.getSharedInstance());
	}

	/**
	 * Creates a client.
	 * @param <T> the interface
	 * @param type the interface; it need not be annotated
	 * @param client sends what the methods are given
	 * @param conversionService converts answers
	 * @return the client
	 * @throws IllegalArgumentException when a method of the interface can't be one of a
	 * client
	 */
	public static <T> T create(Class<T> type, TcpClient client, ConversionService conversionService) {
		return create(type, client, conversionService, (text) -> text);
	}

	static <T> T create(Class<T> type, TcpClient client, ConversionService conversionService,
			StringValueResolver placeholders) {
		if (!type.isInterface()) {
			throw new IllegalArgumentException(type.getName() + " is no interface");
		}
		Map<Method, ExchangeMethod> methods = new ExchangeMethods(type, conversionService,
				EndpointBeans.payloads(client), placeholders)
			.all();
		if (methods.keySet().stream().anyMatch((method) -> AnnotatedElementUtils.hasAnnotation(method, Opcode.class))) {
			client.rpc();
		}
		ExchangeHandler handler = new ExchangeHandler(type, client, methods);
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
