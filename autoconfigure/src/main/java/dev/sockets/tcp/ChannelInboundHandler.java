package dev.sockets.tcp;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

import dev.sockets.InboundHandler;

/**
 * Sends each message to a channel of Spring Integration, with the {@link IpHeaders} of
 * its connection. The answer, if there is one, is sent by
 * {@link TcpServer#asMessageHandler()} or {@link TcpClient#asMessageHandler()}.
 */
public final class ChannelInboundHandler implements InboundHandler<Connection> {

	private final MessageChannel channel;

	/**
	 * Creates a handler.
	 * @param channel gets the messages
	 */
	public ChannelInboundHandler(MessageChannel channel) {
		this.channel = channel;
	}

	@Override
	public @Nullable Object handle(Connection connection, Object payload) {
		Map<String, Object> headers = new HashMap<>();
		headers.put(IpHeaders.CONNECTION_ID, connection.getId());
		headers.put(IpHeaders.HOSTNAME, connection.getRemoteAddress().getHostString());
		headers.put(IpHeaders.IP_ADDRESS, connection.getRemoteAddress().getAddress().getHostAddress());
		headers.put(IpHeaders.REMOTE_PORT, connection.getRemoteAddress().getPort());
		this.channel.send(new GenericMessage<>(payload, headers));
		return null;
	}

}
