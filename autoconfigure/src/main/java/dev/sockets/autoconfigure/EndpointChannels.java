package dev.sockets.autoconfigure;

import java.util.Set;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.messaging.MessageChannel;
import org.springframework.util.function.SingletonSupplier;

import dev.sockets.autoconfigure.binding.BoundEntry;
import dev.sockets.autoconfigure.binding.NamedBeans;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.ChannelInboundHandler;

/**
 * Finds the channels that get the messages of endpoints: not before all beans are there,
 * as their flows may need the endpoints.
 */
final class EndpointChannels implements SmartInitializingSingleton {

	private final NamedBeans beans;

	private final List<Runnable> checks = new ArrayList<>();

	EndpointChannels(NamedBeans beans) {
		this.beans = beans;
	}

	Optional<ChannelInboundHandler> handler(BoundEntry<? extends TcpConnectionProperties> entry) {
		String name = entry.properties().getChannel();
		if (name == null) {
			return Optional.empty();
		}
		Supplier<MessageChannel> channel = SingletonSupplier.of(() -> channel(entry, name));
		this.checks.add(channel::get);
		return Optional.of(new ChannelInboundHandler((message, timeout) -> channel.get().send(message, timeout)));
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.checks.forEach(Runnable::run);
	}

	private String choices() {
		Set<String> names = this.beans.names(MessageChannel.class);
		return names.isEmpty() ? ", of which there is none: a channel or the flow that reads it is to be a bean"
				: ", one of " + String.join(", ", names);
	}

	private MessageChannel channel(BoundEntry<?> entry, String name) {
		return this.beans.find(name, MessageChannel.class)
			.map(MessageChannel.class::cast)
			.orElseThrow(() -> entry.invalid("channel", name, "the name of a MessageChannel bean" + choices()));
	}

}
