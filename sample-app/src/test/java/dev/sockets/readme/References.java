package dev.sockets.readme;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.Correlation;

@Configuration(proxyBeanMethods = false)
class References {

	@Bean
	Correlation byReference() {
		return new Correlation() {

			@Override
			public @Nullable Object keyOfRequest(Object payload) {
				return ((Map<?, ?>) payload).get("reference");
			}

			@Override
			public @Nullable Object keyOfAnswer(Object payload) {
				return ((Map<?, ?>) payload).get("inReplyTo");
			}

		};
	}

}
