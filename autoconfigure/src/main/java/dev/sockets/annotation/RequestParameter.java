package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.rpc.RpcConnection;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcRequest;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

/**
 * A parameter of a {@link SocketMapping} method.
 *
 * @param name its name, by which an argument may be given
 * @param type its type
 * @param context makes it of the request, when it is no argument
 * @param isOptional whether its argument may be left out
 * @param takesRestOfNamed whether it may take all named arguments that are left
 * @param takesRestOfPositional whether it takes all positional arguments that are left
 */
record RequestParameter(String name, ResolvableType type, @Nullable Function<RpcRequest, Object> context,
		boolean isOptional, boolean takesRestOfNamed, boolean takesRestOfPositional) {

	static RequestParameter of(Method method, int index, Class<?> owner, SocketEndpoint endpoint) {
		MethodParameter parameter = new MethodParameter(method, index).withContainingClass(owner);
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		Function<RpcRequest, Object> context = context(type.resolve(Object.class), endpoint);
		String name = parameter.getParameterName();
		if (name == null) {
			name = "argument " + (index + 1);
		}
		if (context == null && isNoArgument(type.resolve(Object.class))) {
			throw new IllegalArgumentException(
					("there is no argument for its parameter '%s' of type %s; allowed are parameters for the arguments "
							+ "of the request, and Connection, RpcPeer, RpcRequest, SocketEndpoint and, as '%s' is one, %s")
						.formatted(name, type, endpoint.getName(),
								(endpoint instanceof TcpServer) ? "TcpServer" : "TcpClient"));
		}
		boolean last = index == method.getParameterCount() - 1;
		return new RequestParameter(name, type, context, parameter.isOptional(),
				context == null && type.resolve(Object.class) == Map.class, last && method.isVarArgs());
	}

	private static @Nullable Function<RpcRequest, Object> context(Class<?> type, SocketEndpoint endpoint) {
		if (type == Connection.class || type == RpcConnection.class || type == MessagePeer.class) {
			return RpcRequest::connection;
		}
		if (type == RpcPeer.class) {
			return (request) -> request.connection().rpc();
		}
		if (type == RpcRequest.class) {
			return (request) -> request;
		}
		if (SocketEndpoint.class.isAssignableFrom(type) && type.isInstance(endpoint)) {
			return (request) -> endpoint;
		}
		return null;
	}

	private static boolean isNoArgument(Class<?> type) {
		return MessagePeer.class.isAssignableFrom(type) || SocketEndpoint.class.isAssignableFrom(type)
				|| ApplicationEvent.class.isAssignableFrom(type);
	}

}
