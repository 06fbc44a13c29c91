package dev.sockets.readme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.integration.ip.tcp.serializer.ByteArraySingleTerminatorSerializer;

import dev.sockets.tcp.TcpServerCustomizer;

@Configuration(proxyBeanMethods = false)
@Import({ PriceCodec.class, ModbusFraming.class, BadgeCheck.class, Tellers.class, References.class })
class ReadmeConfiguration {

	@Bean
	DirectChannel greetingsIn() {
		return new DirectChannel();
	}

	@Bean
	PublishSubscribeChannel events() {
		return new PublishSubscribeChannel();
	}

	@Bean
	ByteArraySingleTerminatorSerializer semicolon() {
		return new ByteArraySingleTerminatorSerializer((byte) ';');
	}

	@Bean
	TcpServerCustomizer adminOnlyFromHere() {
		return (name, settings) -> {
			if (name.startsWith("admin")) {
				settings.host("127.0.0.1").connection((connection) -> connection.maxFrameSize(1024));
			}
		};
	}

}
