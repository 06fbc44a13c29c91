package dev.sockets.test;

import java.util.List;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes {@link LocalSocketPort} known to the application contexts of tests, unless they
 * resolve values in a way of their own.
 */
class LocalSocketPortContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new Customizer();
	}

	record Customizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			if (context.getBeanFactory() instanceof DefaultListableBeanFactory beanFactory
					&& beanFactory.getAutowireCandidateResolver()
						.getClass() == ContextAnnotationAutowireCandidateResolver.class) {
				beanFactory.setAutowireCandidateResolver(new LocalSocketPortResolver());
			}
		}

	}

}
