package dev.sockets.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.AbstractSubscribableChannel;
import org.springframework.integration.channel.BroadcastCapableChannel;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.messaging.SubscribableChannel;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.binding.NamedBeans;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.channel.ChannelEngine;

/**
 * The engine that leads to other nodes by a message channel that is a bean.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "sockets.backplane.type", havingValue = "channel")
class ChannelBackplaneConfiguration {

	private static final String BROADCASTING = "the name of a SubscribableChannel bean that gives each message to all of its subscribers on all nodes";

	@Bean
	@ConditionalOnMissingBean(BackplaneEngine.class)
	ChannelEngine socketsChannelEngine(SocketsProperties properties, ListableBeanFactory beanFactory) {
		NamedBeans beans = new NamedBeans(beanFactory);
		String name = properties.getBackplane().getChannel().getName();
		if (name == null) {
			throw invalid(null, BROADCASTING + choices(beans));
		}
		return new ChannelEngine(name,
				beans.find(name, SubscribableChannel.class)
					.map(SubscribableChannel.class::cast)
					.filter((channel) -> isBroadcast(name, channel))
					.orElseThrow(() -> invalid(name, BROADCASTING + choices(beans))));
	}

	/** Channels that come from elsewhere do not say what they do: they are tried. */
	private static boolean isBroadcast(String name, SubscribableChannel channel) {
		boolean divides = (channel instanceof BroadcastCapableChannel capable) ? !capable.isBroadcast()
				: channel instanceof AbstractSubscribableChannel;
		if (divides) {
			throw invalid(name,
					BROADCASTING + ": a " + channel.getClass().getSimpleName() + " gives it to one of them");
		}
		return true;
	}

	/** What is for errors, or gives a message to one of them, is none. */
	private static String choices(NamedBeans beans) {
		Set<String> names = beans.names(SubscribableChannel.class);
		Set<String> fit = new TreeSet<>(names);
		fit.removeAll(beans.names(AbstractSubscribableChannel.class));
		fit.addAll(beans.names(BroadcastCapableChannel.class));
		fit.remove(IntegrationContextUtils.ERROR_CHANNEL_BEAN_NAME);
		if (!fit.isEmpty()) {
			return ", one of " + String.join(", ", fit);
		}
		return ", such as a channel of AMQP, JMS or Kafka" + (names.isEmpty() ? "; there is no channel bean"
				: "; of channels there are " + String.join(", ", names));
	}

	private static InvalidSettingException invalid(@Nullable String name, String allowed) {
		return new InvalidSettingException(BackplaneTypeCheck.CHANNEL_NAME, name, allowed);
	}

}
