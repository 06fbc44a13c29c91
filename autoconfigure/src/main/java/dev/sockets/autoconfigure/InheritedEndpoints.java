package dev.sockets.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketEndpoint;
import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;

/**
 * Refuses an endpoint that the parent context has too: both read one configuration, so a
 * port would be wanted twice, and clients would connect twice.
 */
final class InheritedEndpoints implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		BeanFactory parent = beanFactory.getParentBeanFactory();
		if (parent != null) {
			EndpointEntries.read(beanFactory.getBean(Environment.class)).forEach((entry) -> check(entry, parent));
		}
	}

	private static void check(EndpointEntry entry, BeanFactory parent) {
		if (parent.containsBean(entry.name()) && parent.isTypeMatch(entry.name(), SocketEndpoint.class)) {
			throw new InvalidSettingException(entry.group().path("<name>"), entry.name(),
					"a name of which the parent context has no endpoint: leave the entry to one of them, or set "
							+ "sockets.enabled=false for the other one, as a child reads the configuration of its "
							+ "parent too");
		}
	}

}
