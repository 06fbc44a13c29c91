package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;

import dev.sockets.Payloads;
import dev.sockets.loop.stream.ChannelSettings;
import dev.sockets.loop.stream.Overflow;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.WireLog;
import dev.sockets.runtime.rpc.EndpointRpc;
import dev.sockets.runtime.rpc.ValueConverter;
import dev.sockets.runtime.trace.WireTracer;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.MessageObserver;

/**
 * What the connections of one endpoint share.
 *
 * @param endpoint the endpoint's name
 * @param settings how they behave
 * @param channelSettings the bounds of their channels
 * @param events publishes what happens
 * @param dispatch where handlers run
 * @param deadlines when they are closed
 * @param frameHooks what looks at their frames first
 * @param goodbye frame sent before they are closed because the endpoint stops
 * @param registry the open ones
 * @param owner told first
 * @param rpc the peers by opcode; {@code null} when messages are ordinary ones
 * @param handshakes what both sides do before the application knows of a connection
 * @param wireLog shows their bytes
 * @param tracer keeps their bytes for a while when it is told to
 * @param tls how they are encrypted; {@code null} when they are not
 * @param integration the endpoint as Spring Integration sees it
 * @param conversionService converts answers
 */
public record ConnectionContext(String endpoint, ConnectionSettings settings, ChannelSettings channelSettings,
		EndpointEvents events, MessageDispatch dispatch, Deadlines deadlines, FrameHooks frameHooks,
		@Nullable ByteBuffer goodbye, ConnectionRegistry registry, ConnectionOwner owner, @Nullable EndpointRpc rpc,
		Handshakes handshakes, WireLog wireLog, WireTracer tracer, @Nullable EndpointTls tls,
		IntegrationBridge integration, ConversionService conversionService) {

	public static ChannelSettings channelSettings(ConnectionSettings settings) {
		Integer linger = settings.socketOptions().linger();
		return new ChannelSettings(settings.readBuffer(), settings.outbound().maxPending(), overflow(settings),
				TimeUnit.MILLISECONDS.toNanos(settings.timeouts().write().toMillis()), linger != null && linger == 0,
				settings.dispatch() != Dispatch.LOOP);
	}

	/**
	 * Returns whether anybody wants to know how each send ends.
	 * @return whether somebody listens or observes
	 */
	boolean observesSends() {
		return this.dispatch.observer() != MessageObserver.NONE || this.events.observesSends();
	}

	/**
	 * Makes a payload what it is wanted to be.
	 * @param <T> class of the result
	 * @param payload the payload
	 * @param type what it is to be
	 * @param payloads know how it was decoded
	 * @return the payload itself, or what it was converted to
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T convert(@Nullable Object payload, Class<T> type, Payloads payloads) {
		return (T) new ValueConverter(this.conversionService, payloads).result(payload, ResolvableType.forClass(type));
	}

	private static Overflow overflow(ConnectionSettings settings) {
		return switch (settings.outbound().slowConsumer()) {
			case DISCONNECT -> Overflow.CLOSE;
			case BLOCK, DROP_NEWEST -> Overflow.FAIL_NEWEST;
			case DROP_OLDEST -> Overflow.FAIL_OLDEST;
		};
	}

}
