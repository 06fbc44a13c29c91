package dev.sockets.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, called through the proxies that the bean has. A singleton is looked
 * up once; any other bean for each call, as its scope may be that of the call.
 */
final class ListenerTarget {

	private record Invocable(Class<?> type, Method method) {

	}

	private final ConfigurableListableBeanFactory beanFactory;

	private final String beanName;

	private final Method method;

	private volatile @Nullable Object singleton;

	private volatile @Nullable Invocable invocable;

	ListenerTarget(ConfigurableListableBeanFactory beanFactory, String beanName, Method method) {
		this.beanFactory = beanFactory;
		this.beanName = beanName;
		this.method = method;
	}

	/**
	 * Checks that the method can be called, unless the bean is yet to be created.
	 * @throws IllegalArgumentException when it can't
	 */
	void check() {
		if (Modifier.isStatic(this.method.getModifiers())) {
			throw new IllegalArgumentException("it is static; make it a method of the bean");
		}
		if (this.beanFactory.containsSingleton(this.beanName) && this.beanFactory.isSingleton(this.beanName)) {
			invocable(bean());
		}
	}

	/**
	 * Calls the method.
	 * @param arguments its arguments
	 * @return what it returns; {@code null} when it is void
	 * @throws Exception what it throws
	 */
	@Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
		Object bean = bean();
		Method method = invocable(bean).method();
		try {
			return method.invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw ex;
		}
	}

	private Object bean() {
		Object bean = this.singleton;
		if (bean == null) {
			bean = this.beanFactory.getBean(this.beanName);
			if (this.beanFactory.isSingleton(this.beanName)) {
				this.singleton = bean;
			}
		}
		return bean;
	}

	private Invocable invocable(Object bean) {
		Invocable invocable = this.invocable;
		if (invocable == null || invocable.type() != bean.getClass()) {
			Method method = select(bean.getClass());
			ReflectionUtils.makeAccessible(method);
			invocable = new Invocable(bean.getClass(), method);
			this.invocable = invocable;
		}
		return invocable;
	}

	private Method select(Class<?> type) {
		boolean subclassed = SpringProxy.class.isAssignableFrom(type) && !Proxy.isProxyClass(type);
		if (subclassed && Modifier.isFinal(this.method.getModifiers())) {
			throw new IllegalArgumentException("it is final, so the proxy of its bean cannot pass calls on");
		}
		try {
			return AopUtils.selectInvocableMethod(this.method, type);
		}
		catch (IllegalStateException ex) {
			throw new IllegalArgumentException("its bean has a proxy: " + ex.getMessage(), ex);
		}
	}

}
