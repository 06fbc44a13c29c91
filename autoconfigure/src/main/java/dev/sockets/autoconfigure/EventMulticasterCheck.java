package dev.sockets.autoconfigure;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.util.ReflectionUtils;

import dev.sockets.SocketEndpoint;

/**
 * Tells at the start of an application with endpoints when its events are published so
 * that listeners lose what is promised to them: the order, or what becomes of what they
 * throw.
 */
final class EventMulticasterCheck implements SmartInitializingSingleton {

	private static final String NAME = AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

	private static final Log logger = LogFactory.getLog(EventMulticasterCheck.class);

	private final ApplicationContext context;

	EventMulticasterCheck(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.context.getBeanNamesForType(SocketEndpoint.class, true, false).length > 0) {
			for (ApplicationContext one = this.context; one != null; one = one.getParent()) {
				check(one);
			}
		}
	}

	private static void check(ApplicationContext context) {
		if (context.containsLocalBean(NAME)
				&& context.getBean(NAME) instanceof SimpleApplicationEventMulticaster multicaster) {
			if (property(multicaster, "getTaskExecutor") instanceof Executor executor && !runsAtOnce(executor)) {
				logger.warn("The bean '" + NAME + "' has a taskExecutor, so @EventListener methods get the messages of "
						+ "a connection in any order, and others after its DisconnectedEvent, and nothing becomes of "
						+ "what they throw: take the taskExecutor away and make methods that are slow @Async, or take "
						+ "messages by @SocketListener methods, which it does not call");
			}
			if (property(multicaster, "getErrorHandler") != null) {
				logger.warn("The bean '" + NAME + "' has an errorHandler, so what @EventListener methods throw for a "
						+ "message becomes no MessageErrorEvent and closes no connection: take the errorHandler away, "
						+ "or take messages by @SocketListener methods");
			}
		}
	}

	private static boolean runsAtOnce(Executor executor) {
		AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
		executor.execute(() -> thread.set(Thread.currentThread()));
		return thread.get() == Thread.currentThread();
	}

	/** A native image that does not know the method has nothing to tell. */
	private static @Nullable Object property(SimpleApplicationEventMulticaster multicaster, String getter) {
		Method method = ReflectionUtils.findMethod(SimpleApplicationEventMulticaster.class, getter);
		if (method == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(method);
		return ReflectionUtils.invokeMethod(method, multicaster);
	}

}
