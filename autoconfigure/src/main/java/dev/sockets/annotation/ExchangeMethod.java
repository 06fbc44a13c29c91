package dev.sockets.annotation;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.TcpClient;

/**
 * What a method of a {@link SocketExchange} interface does.
 */
interface ExchangeMethod {

	/**
	 * Carries out a call.
	 * @param client the client
	 * @param arguments the arguments of the call
	 * @return what the call returns
	 */
	@Nullable Object call(TcpClient client, @Nullable Object[] arguments);

}
