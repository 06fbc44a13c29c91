package dev.sockets.backplane.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneOutageException;
import dev.sockets.backplane.Outgoing;

/**
 * Leads to other nodes by a {@link SubscribableChannel} that gives what is sent to it to
 * all subscribers on all nodes, the sender's own too. Payloads are byte arrays; the
 * header {@value #HEADER} has the name of the channel of the backplane.
 * <p>
 * A Spring channel does not tell whether it is connected. So there is a connection here
 * from when a message of this engine's own has come back until one cannot be sent. It is
 * tried again each second. The order of messages is that of the channel. One thread
 * sends, as a channel may keep its callers waiting.
 */
public final class ChannelEngine implements BackplaneEngine {

	/** Has the name of the channel of the backplane, as text. */
	public static final String HEADER = "socketsChannel";

	private static final String PROBE = "probe";

	private static final int PROBES_BEFORE_SILENCE_IS_TOLD = 3;

	private final String name;

	private final SubscribableChannel channel;

	private final MessageHandler handler = this::handle;

	private final Set<String> wanted = ConcurrentHashMap.newKeySet();

	private final byte[] probe = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

	private final Object telling = new Object();

	private @Nullable Listener listener;

	private boolean connected;

	private int unheard;

	private volatile @Nullable ScheduledThreadPoolExecutor executor;

	/**
	 * Creates an engine.
	 * @param name the name of the channel, for messages of failures
	 * @param channel carries what is published to all nodes
	 */
	public ChannelEngine(String name, SubscribableChannel channel) {
		this.name = name;
		this.channel = channel;
	}

	@Override
	public String name() {
		return "channel '" + this.name + "'";
	}

	@Override
	public void start(Listener listener) {
		ScheduledThreadPoolExecutor connector = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "sockets-channel-backplane");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		synchronized (this.telling) {
			this.listener = listener;
			this.unheard = 0;
		}
		this.executor = connector;
		connector.execute(this::subscribe);
		connector.scheduleWithFixedDelay(this::probe, 0, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stop() {
		ScheduledThreadPoolExecutor connector = this.executor;
		this.executor = null;
		if (connector != null) {
			end(connector);
			synchronized (this.telling) {
				this.listener = null;
				this.connected = false;
			}
			this.wanted.clear();
			this.channel.unsubscribe(this.handler);
		}
	}

	/** What has been published goes out, unless the channel stands still. */
	private static void end(ScheduledThreadPoolExecutor connector) {
		connector.shutdown();
		try {
			connector.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		connector.shutdownNow();
	}

	@Override
	public void reconnect() {
		execute(() -> {
			lost(new BackplaneOutageException("Nothing was heard any more"));
			this.channel.unsubscribe(this.handler);
			subscribe();
			probe();
		});
	}

	@Override
	public void subscribe(String channel) {
		if (this.wanted.add(channel)) {
			execute(() -> {
				synchronized (this.telling) {
					if (this.listener != null && this.connected && this.wanted.contains(channel)) {
						this.listener.subscribed(channel);
					}
				}
			});
		}
	}

	@Override
	public void unsubscribe(String channel) {
		this.wanted.remove(channel);
	}

	@Override
	public CompletionStage<Void> publish(List<Outgoing> burst) {
		CompletableFuture<Void> published = new CompletableFuture<>();
		execute(() -> {
			try {
				burst.forEach((outgoing) -> send(outgoing.channel(), outgoing.message()));
				published.complete(null);
			}
			catch (RuntimeException ex) {
				published.completeExceptionally(ex);
				lost(ex);
			}
		});
		return published;
	}

	private void send(String channel, byte[] bytes) {
		Message<byte[]> message = MessageBuilder.withPayload(bytes).setHeader(HEADER, channel).build();
		if (!this.channel.send(message)) {
			throw new MessageDeliveryException("The channel '" + this.name + "' has not taken a message");
		}
	}

	private void execute(Runnable task) {
		ScheduledThreadPoolExecutor connector = this.executor;
		if (connector != null) {
			connector.execute(task);
		}
	}

	private void subscribe() {
		try {
			this.channel.subscribe(this.handler);
		}
		catch (RuntimeException ex) {
			lost(ex);
		}
	}

	private void probe() {
		synchronized (this.telling) {
			if (this.connected) {
				return;
			}
		}
		try {
			send(PROBE, this.probe);
			synchronized (this.telling) {
				if (!this.connected && ++this.unheard == PROBES_BEFORE_SILENCE_IS_TOLD) {
					lost(new BackplaneOutageException("What is sent to the channel '" + this.name
							+ "' does not come back: it must give each message to all of its subscribers"));
				}
			}
		}
		catch (RuntimeException ex) {
			lost(ex);
		}
	}

	private void lost(Throwable cause) {
		synchronized (this.telling) {
			this.connected = false;
			this.unheard = 0;
			if (this.listener != null) {
				this.listener.lost(cause);
			}
		}
	}

	/** Called by threads of the channel, which may be those that send to it. */
	private void handle(Message<?> message) {
		String channel = text(message.getHeaders().get(HEADER));
		if (channel == null || !(message.getPayload() instanceof byte[] bytes)) {
			return;
		}
		if (channel.equals(PROBE)) {
			if (Arrays.equals(bytes, this.probe)) {
				execute(this::connected);
			}
		}
		else if (this.wanted.contains(channel)) {
			synchronized (this.telling) {
				if (this.listener != null && this.connected) {
					this.listener.received(channel, bytes);
				}
			}
		}
	}

	/** Some brokers' headers are bytes. */
	private static @Nullable String text(@Nullable Object header) {
		return (header instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8)
				: (header instanceof String text) ? text : null;
	}

	private void connected() {
		synchronized (this.telling) {
			if (this.listener != null && !this.connected) {
				this.connected = true;
				this.unheard = 0;
				this.listener.connected();
				this.wanted.forEach(this.listener::subscribed);
			}
		}
	}

}
