package dev.sockets.tcp.endpoint;

import java.util.concurrent.TimeUnit;

import dev.sockets.loop.ChannelSettings;
import dev.sockets.tcp.ConnectionSettings;

/**
 * What the connections of one endpoint share.
 *
 * @param endpoint the endpoint's name
 * @param settings how they behave
 * @param events publishes what happens
 * @param handlers where handlers run
 * @param registry the open ones
 * @param owner told first
 * @param integration the endpoint as Spring Integration sees it
 */
record ConnectionContext(String endpoint, ConnectionSettings settings, EndpointEvents events, Handlers handlers,
		ConnectionRegistry registry, ConnectionOwner owner, Integration integration) {

	ChannelSettings channelSettings() {
		Integer linger = this.settings.socketOptions().linger();
		return new ChannelSettings(this.settings.readBuffer(), this.settings.maxPending(),
				TimeUnit.MILLISECONDS.toNanos(this.settings.writeTimeout().toMillis()), linger != null && linger == 0);
	}

}
