package dev.sockets.autoconfigure;

import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.binding.ServiceLinks;
import dev.sockets.autoconfigure.binding.WrittenValueBindHandler;
import dev.sockets.autoconfigure.properties.EngineType;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.LoopEngine;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.tcp.MessageObserver;

/**
 * What all endpoints share.
 */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

	private static final Log logger = LogFactory.getLog("dev.sockets");

	private static final int VIRTUAL_THREADS_SINCE = 21;

	private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(1);

	@Bean
	@ConditionalOnMissingBean
	EventLoopGroup socketsEventLoopGroup(SocketsProperties properties) {
		int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		return new EventLoopGroup(positive("sockets.loops", properties.getLoops(), half),
				memory(properties.getMemory().getMax()), engine(properties.getEngine()));
	}

	private static LoopEngine engine(EngineType type) {
		LoopEngine engine = type.engine();
		if (type != EngineType.NIO) {
			logger.info("Engine: " + engine.description());
			if (engine.unfit() != null) {
				logger.debug("What keeps the native engine away", engine.unfit());
			}
		}
		return engine;
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ConfigurationPropertiesBindHandlerAdvisor socketsBindHandlerAdvisor(Environment environment) {
		ServiceLinks links = new ServiceLinks(environment);
		return (handler) -> new ServiceLinksBindHandler(WrittenValueBindHandler.telling(handler), links);
	}

	private static MemoryBudget memory(@Nullable DataSize max) {
		if (max == null) {
			return MemoryBudget.ofHeap();
		}
		if (max.compareTo(LEAST_MEMORY) < 0) {
			throw new InvalidSettingException("sockets.memory.max", max,
					"at least " + LEAST_MEMORY.toMegabytes() + "MB");
		}
		return new MemoryBudget(max.toBytes());
	}

	/**
	 * No default candidate: as one it would keep Boot's own executor away.
	 */
	@Bean(name = HandlerExecutors.NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = HandlerExecutors.NAME)
	HandlerExecutor socketsHandlerExecutor(SocketsProperties properties) {
		int fourEach = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
		int poolSize = positive("sockets.pool-size", properties.getPoolSize(), fourEach);
		boolean jvmHasVirtual = Runtime.version().feature() >= VIRTUAL_THREADS_SINCE;
		return properties.getThreads().areVirtual(jvmHasVirtual) ? HandlerExecutor.virtual()
				: HandlerExecutor.platform(poolSize);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	EndpointRuntime socketsEndpointRuntime(EventLoopGroup loops, @Qualifier(HandlerExecutors.NAME) Executor handlers,
			ConfigurableListableBeanFactory beans, ApplicationContext context, ThisNode node,
			ObjectProvider<Backplane> backplane) {
		MessageObserver observer = context.getBeanProvider(MessageObserver.class).getIfAvailable();
		return new EndpointRuntime(loops, HandlerExecutors.provider(beans, handlers), context,
				(observer != null) ? observer : MessageObserver.NONE, node.id(),
				backplane.stream().filter((one) -> one.node().equals(node.id())).findFirst().orElse(null));
	}

	private static int positive(String property, @Nullable Integer value, int otherwise) {
		if (value != null && value < 1) {
			throw new InvalidSettingException(property, value, "at least 1");
		}
		return (value != null) ? value : otherwise;
	}

}
