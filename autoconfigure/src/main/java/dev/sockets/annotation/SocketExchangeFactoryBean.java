package dev.sockets.annotation;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.Assert;

import dev.sockets.tcp.TcpClient;

/**
 * The bean of a {@link SocketExchange} interface. Made when the application starts, so
 * that its faults are found then.
 *
 * @param <T> the interface
 */
public final class SocketExchangeFactoryBean<T> implements FactoryBean<T>, BeanFactoryAware, InitializingBean {

	private final Class<T> type;

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private @Nullable T proxy;

	/**
	 * Creates the bean of an interface.
	 * @param type the interface
	 */
	public SocketExchangeFactoryBean(Class<T> type) {
		this.type = type;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public void afterPropertiesSet() {
		ConfigurableListableBeanFactory beanFactory = this.beanFactory;
		Assert.state(beanFactory != null, "There is no bean factory");
		try {
			ConversionService conversionService = Conversion.of(beanFactory);
			this.proxy = SocketExchangeProxyFactory.create(this.type, client(beanFactory), conversionService,
					beanFactory::resolveEmbeddedValue);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new SocketExchangeException(this.type, String.valueOf(ex.getMessage()), ex);
		}
	}

	private TcpClient client(ConfigurableListableBeanFactory beanFactory) {
		SocketExchange annotation = AnnotatedElementUtils.findMergedAnnotation(this.type, SocketExchange.class);
		if (annotation == null || annotation.value().isEmpty()) {
			throw new IllegalArgumentException("it has no @SocketExchange that names a TCP client");
		}
		String name = String.valueOf(beanFactory.resolveEmbeddedValue(annotation.value())).strip();
		return (TcpClient) new EndpointBeans(beanFactory).get(name, "TCP client", TcpClient.class);
	}

	@Override
	public @Nullable T getObject() {
		return this.proxy;
	}

	@Override
	public Class<?> getObjectType() {
		return this.type;
	}

}
