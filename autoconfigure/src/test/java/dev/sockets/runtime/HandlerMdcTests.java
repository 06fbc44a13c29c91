package dev.sockets.runtime;

import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.test.context.FilteredClassLoader;

import dev.sockets.CommonSettings;
import dev.sockets.EndpointSettings;
import dev.sockets.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What handlers log with, and what was there before.
 */
class HandlerMdcTests {

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void whenHandlersAreCalledWithinHandlersThenTheOuterOnesGetBackTheirOwn() {
		HandlerMdc mdc = HandlerMdc.of(settings(true));
		HandlerMdc.Scope outer = mdc.begin("echo", "1");
		HandlerMdc.Scope inner = mdc.begin("news", null);
		assertThat(MDC.getCopyOfContextMap()).hasSize(1).containsEntry("socket.endpoint", "news");
		inner.end();
		assertThat(MDC.getCopyOfContextMap()).hasSize(2)
			.containsEntry("socket.endpoint", "echo")
			.containsEntry("socket.connection", "1");
		outer.end();
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void whenTheThreadHasValuesThenTheyAreKept() {
		MDC.put("socket.endpoint", "mine");
		MDC.put("order", "7");
		HandlerMdc.Scope scope = HandlerMdc.of(settings(true)).begin("echo", "1");
		MDC.put("of the handler", "stays its own matter");
		scope.end();
		assertThat(MDC.getCopyOfContextMap()).hasSize(3)
			.containsEntry("socket.endpoint", "mine")
			.containsEntry("order", "7");
	}

	@Test
	void whenNothingIsSaidThenThereIsNone() {
		assertThat(HandlerMdc.of(settings(false))).isNull();
	}

	@Test
	void whenThereIsNoSlf4jThenTheKeyIsRefused() {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new FilteredClassLoader(MDC.class));
		try {
			assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> HandlerMdc.of(settings(true)))
				.withMessageContaining("sockets.tcp.server.echo.mdc")
				.withMessageContaining("slf4j-api");
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static CommonSettings settings(boolean mdc) {
		EndpointSettings.Builder builder = new EndpointSettings.Builder("sockets.tcp.server.echo");
		new CommonSettings.Builder<Object>() {

			@Override
			public Object endpoint(Consumer<EndpointSettings.Builder> change) {
				change.accept(builder);
				return this;
			}

		}.mdc(mdc);
		EndpointSettings settings = builder.build();
		return () -> settings;
	}

}
