package dev.sockets.annotation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.BeanMethods.BeanMethod;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * Finds the {@link SocketMapping} methods of all beans, and binds them to the opcodes or
 * values of their endpoints, once all singletons are there and before endpoints start.
 */
public final class SocketMappingProcessor implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final EndpointBeans endpoints;

	private final RouteMethods routes;

	/** Which method an opcode of an endpoint is bound to. */
	private final Map<String, String> bound = new HashMap<>();

	/**
	 * Creates a processor.
	 * @param beanFactory holds the beans
	 */
	public SocketMappingProcessor(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.endpoints = new EndpointBeans(beanFactory);
		this.routes = new RouteMethods(beanFactory, this.endpoints);
	}

	@Override
	public void afterSingletonsInstantiated() {
		new BeanMethods(this.beanFactory)
			.find(SocketMapping.class,
					(method) -> AnnotatedElementUtils.findMergedAnnotation(method, SocketMapping.class))
			.forEach(this::bind);
	}

	private void bind(BeanMethod<SocketMapping> mapping) {
		try {
			ListenerTarget target = new ListenerTarget(this.beanFactory, mapping.beanName(), mapping.method());
			target.check();
			SocketMapping annotation = mapping.annotation();
			Set<String> values = resolve(annotation.value());
			Set<Object> opcodes = opcodes(annotation);
			if (values.isEmpty() == opcodes.isEmpty()) {
				throw new IllegalArgumentException(values.isEmpty() ? "it has neither an opcode nor a name nor a value"
						: "it has a value, for messages, and an opcode or name, for requests; it can have one of them");
			}
			Set<String> names = resolve(annotation.endpoint());
			if (names.isEmpty()) {
				throw new IllegalArgumentException("it has no endpoint");
			}
			for (String name : names.stream().map(String::strip).toList()) {
				if (opcodes.isEmpty()) {
					this.routes.add(mapping, target, name, values);
				}
				else {
					bind(mapping, target, name, opcodes);
				}
			}
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new SocketMappingException(Signatures.of(mapping.method()), mapping.beanName(),
					String.valueOf(ex.getMessage()), ex);
		}
	}

	private void bind(BeanMethod<SocketMapping> mapping, ListenerTarget target, String name, Set<Object> opcodes) {
		SocketEndpoint endpoint = this.endpoints.get(name, "TCP server or client", TcpServer.class, TcpClient.class);
		RequestArguments arguments = new RequestArguments(mapping.method(), mapping.type(), endpoint);
		for (Object opcode : opcodes) {
			bind(endpoint, name, opcode, Signatures.of(mapping.method()), arguments, target);
		}
	}

	private void bind(SocketEndpoint endpoint, String name, Object opcode, String method, RequestArguments arguments,
			ListenerTarget target) {
		RpcPeer rpc = rpc(endpoint);
		String other = this.bound.put(name + " " + opcode.getClass() + opcode, method);
		if (other != null) {
			throw new IllegalArgumentException(
					"opcode " + text(opcode) + " of '" + name + "' is bound already, to " + other);
		}
		if (rpc != null) {
			rpc.bind(opcode, (request) -> target.invoke(arguments.resolve(request)));
		}
	}

	/** Returns {@code null} for the mock of a test. */
	private static @Nullable RpcPeer rpc(SocketEndpoint endpoint) {
		return (endpoint instanceof TcpServer server) ? server.rpc() : ((TcpClient) endpoint).rpc();
	}

	private static String text(Object opcode) {
		return (opcode instanceof Long number && number >= 0) ? "0x%02X".formatted(number) : "'" + opcode + "'";
	}

	private Set<Object> opcodes(SocketMapping annotation) {
		Set<Object> opcodes = new LinkedHashSet<>();
		for (long opcode : annotation.opcode()) {
			opcodes.add(opcode);
		}
		opcodes.addAll(resolve(annotation.name()));
		return opcodes;
	}

	private Set<String> resolve(String[] values) {
		Set<String> resolved = new LinkedHashSet<>();
		for (String value : values) {
			resolved.add(String.valueOf(this.beanFactory.resolveEmbeddedValue(value)));
		}
		return resolved;
	}

}
