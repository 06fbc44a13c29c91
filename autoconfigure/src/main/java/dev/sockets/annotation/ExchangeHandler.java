package dev.sockets.annotation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.TcpClient;

/**
 * Carries out the calls of a {@link SocketExchange} interface.
 */
final class ExchangeHandler implements InvocationHandler {

	private static final Object[] NONE = {};

	private final Map<Method, MethodHandle> defaults = new ConcurrentHashMap<>();

	private final Class<?> type;

	private final TcpClient client;

	private final Map<Method, ExchangeMethod> methods;

	ExchangeHandler(Class<?> type, TcpClient client, Map<Method, ExchangeMethod> methods) {
		this.type = type;
		this.client = client;
		this.methods = methods;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		ExchangeMethod exchange = this.methods.get(method);
		if (exchange != null) {
			return exchange.call(this.client, (arguments != null) ? arguments : NONE);
		}
		if (method.isDefault()) {
			return this.defaults.computeIfAbsent(method, ExchangeHandler::handle)
				.bindTo(proxy)
				.invokeWithArguments((arguments != null) ? arguments : NONE);
		}
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> this.type.getSimpleName() + " of " + this.client;
		};
	}

	/**
	 * Not {@code InvocationHandler.invokeDefault}, which wants the interface to be
	 * visible from here.
	 */
	private static MethodHandle handle(Method method) {
		Class<?> owner = method.getDeclaringClass();
		try {
			return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
				.unreflectSpecial(method, owner)
				.asFixedArity();
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(Signatures.of(method) + " is not accessible", ex);
		}
	}

}
