package dev.sockets.readme;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.HandlerExecutorProvider;

@Configuration(proxyBeanMethods = false)
class HandlerThreads {

	@Bean(defaultCandidate = false)
	ExecutorService slowHandlers() {
		return Executors.newFixedThreadPool(8);
	}

	@Bean(defaultCandidate = false)
	ExecutorService otherHandlers() {
		return Executors.newFixedThreadPool(32);
	}

	@Bean
	HandlerExecutorProvider handlerThreads(@Qualifier("slowHandlers") Executor slow,
			@Qualifier("otherHandlers") Executor other) {
		return (endpoint) -> endpoint.startsWith("plc") ? slow : other;
	}

}
