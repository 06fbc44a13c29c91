package dev.sockets.benchmarks.server;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.tcp.TcpServer;

/**
 * What leads from one node to the others. Each node is a Spring Boot application with the
 * servers of {@code nodes.yml}.
 */
public enum NodeEntrant implements Contestant {

	/** Ours. */
	OURS(Family.OURS) {

		@Override
		Node start(String redis, Behaviour behaviour) {
			return OurNode.of(application(redis, behaviour, "redis"));
		}

	},

	/** Ours, whose frames are signed. */
	OURS_SIGNED(Family.OURS) {

		@Override
		Node start(String redis, Behaviour behaviour) {
			return OurNode.of(application(redis, behaviour, "redis", "--sockets.backplane.secret=that nobody knows"));
		}

	},

	/** Ours without others. */
	OURS_ALONE(Family.OURS) {

		@Override
		Node start(String redis, Behaviour behaviour) {
			return new LoneNode(hub(application(redis, behaviour, "none")));
		}

	},

	/** Lettuce as it is: its thread gives what comes to the connections. */
	LETTUCE(Family.PEER) {

		@Override
		Node start(String redis, Behaviour behaviour) {
			return onLettuce(redis, behaviour, 1);
		}

	},

	/** The same, flushed by hand after each 32 lines: for who sends all the time. */
	LETTUCE_FLUSHED(Family.PEER) {

		@Override
		Node start(String redis, Behaviour behaviour) {
			return onLettuce(redis, behaviour, 32);
		}

	},

	/** Spring's listener container with one thread; published by Lettuce. */
	SPRING_CONTAINER(Family.INTEGRATION) {

		@Override
		Node start(String redis, Behaviour behaviour) {
			ConfigurableApplicationContext application = application(redis, behaviour, "none");
			LettuceNode node = new LettuceNode(hub(application), RedisClient.create(redis), id(), 1);
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(application.getBean(RedisConnectionFactory.class));
			container.setTaskExecutor(Executors.newSingleThreadExecutor());
			container.addMessageListener((message, pattern) -> node.hear(message.getBody()), new ChannelTopic(id()));
			container.afterPropertiesSet();
			container.start();
			return node;
		}

	};

	private final Family family;

	NodeEntrant(Family family) {
		this.family = family;
	}

	static NodeEntrant of(String id) {
		return Contestant.named(values(), id);
	}

	/**
	 * Starts a node, as one of several.
	 * @param redis the address of their Redis
	 * @param behaviour what it does with the lines that it receives
	 */
	abstract Node start(String redis, Behaviour behaviour);

	@Override
	public String id() {
		return Contestant.id(this);
	}

	@Override
	public Family family() {
		return this.family;
	}

	@Override
	public Set<Need> needs() {
		return Set.of(Need.REDIS);
	}

	Node onLettuce(String redis, Behaviour behaviour, int batch) {
		RedisClient client = RedisClient.create(redis);
		LettuceNode node = new LettuceNode(hub(application(redis, behaviour, "none")), client, id(), batch);
		StatefulRedisPubSubConnection<String, byte[]> subscribed = client.connectPubSub(LettuceNode.CODEC);
		subscribed.addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(String channel, byte[] message) {
				node.hear(message);
			}

		});
		subscribed.sync().subscribe(id());
		return node;
	}

	private static TcpServer hub(ConfigurableApplicationContext application) {
		return application.getBean("hub", TcpServer.class);
	}

	private static ConfigurableApplicationContext application(String redis, Behaviour behaviour, String backplane,
			String... arguments) {
		SpringApplication application = new SpringApplication(NodeApplication.class);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("behaviour", behaviour));
		String[] all = new String[arguments.length + 3];
		all[0] = "--spring.config.name=nodes";
		all[1] = "--spring.data.redis.url=" + redis;
		all[2] = "--sockets.backplane.type=" + backplane;
		System.arraycopy(arguments, 0, all, 3, arguments.length);
		return application.run(all);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class NodeApplication {

		/** How many nodes have left, as any node of this process thinks. */
		static final LongAdder LEFT = new LongAdder();

		private final Behaviour behaviour;

		private final TcpServer hub;

		private final String line = Behaviour.broadcastLine();

		NodeApplication(Behaviour behaviour, TcpServer hub) {
			this.behaviour = behaviour;
			this.hub = hub;
		}

		@EventListener
		void on(NodeLeftEvent event) {
			LEFT.increment();
		}

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			if (this.behaviour == Behaviour.BROADCAST) {
				this.hub.broadcast(this.line);
			}
			else {
				event.reply(event.getPayload());
			}
		}

	}

}
