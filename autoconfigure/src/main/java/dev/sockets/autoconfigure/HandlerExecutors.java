package dev.sockets.autoconfigure;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

import dev.sockets.HandlerExecutorProvider;
import dev.sockets.autoconfigure.diagnostics.HandlerExecutorException;

/**
 * Finds out what runs handlers that the event loops don't run: what a bean of the
 * application gives, or an executor of a certain name, or else threads of our own.
 */
final class HandlerExecutors {

	/** The bean name of what runs them when nobody gives anything else. */
	static final String NAME = "socketsHandlerExecutor";

	private static final String BOOTS = "applicationTaskExecutor";

	private static final Log logger = LogFactory.getLog(HandlerExecutors.class);

	private HandlerExecutors() {
	}

	/**
	 * Returns what gives each endpoint its own.
	 * @param beans those of the application
	 * @param named the bean of our name
	 */
	static HandlerExecutorProvider provider(ConfigurableListableBeanFactory beans, Executor named) {
		HandlerExecutorProvider provider = provider(beans);
		if (provider != null) {
			return (endpoint) -> given(provider, endpoint, beans);
		}
		if (named instanceof HandlerExecutor own) {
			return (endpoint) -> own.forRun();
		}
		if (!beans.containsBean(BOOTS) && isDefaultCandidate(beans)) {
			logger.warn("The Executor bean '" + NAME + "' keeps Spring Boot's '" + BOOTS
					+ "' away, so @Async methods and others run on the threads of handlers: declare it with "
					+ "@Bean(defaultCandidate = false), or give the threads by a HandlerExecutorProvider bean");
		}
		return (endpoint) -> named;
	}

	private static @Nullable HandlerExecutorProvider provider(ListableBeanFactory beans) {
		try {
			return beans.getBeanProvider(HandlerExecutorProvider.class).getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			Collection<String> names = ex.getBeanNamesFound();
			if (names == null || ex.getBeanType() != HandlerExecutorProvider.class) {
				throw ex;
			}
			throw HandlerExecutorException.several(names, ex);
		}
	}

	private static Executor given(HandlerExecutorProvider provider, String endpoint, ListableBeanFactory beans) {
		Executor executor;
		try {
			executor = provider.getExecutor(endpoint);
		}
		catch (Exception | LinkageError ex) {
			throw new HandlerExecutorException(nameOf(provider, beans), endpoint, ex);
		}
		if (executor == null) {
			throw new HandlerExecutorException(nameOf(provider, beans), endpoint, null);
		}
		return executor;
	}

	private static String nameOf(HandlerExecutorProvider provider, ListableBeanFactory beans) {
		return beans.getBeansOfType(HandlerExecutorProvider.class)
			.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == provider)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseGet(() -> provider.getClass().getName());
	}

	private static boolean isDefaultCandidate(ConfigurableListableBeanFactory beans) {
		BeanDefinition definition = beans.containsBeanDefinition(NAME) ? beans.getMergedBeanDefinition(NAME) : null;
		return !(definition instanceof AbstractBeanDefinition known)
				|| (known.isDefaultCandidate() && known.isAutowireCandidate());
	}

}
