package dev.sockets.test;

import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes {@link LocalSocketPort} and {@link SocketTestClient} known to the application
 * contexts of tests, unless they resolve values in a way of their own.
 */
class LocalSocketPortContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new Customizer();
	}

	record Customizer() implements ContextCustomizer {

		/** The latter where annotations are not known yet, as in web applications. */
		private static final Set<Class<?>> USUAL = Set.of(ContextAnnotationAutowireCandidateResolver.class,
				SimpleAutowireCandidateResolver.class);

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			if (context.getBeanFactory() instanceof DefaultListableBeanFactory beanFactory
					&& USUAL.contains(beanFactory.getAutowireCandidateResolver().getClass())) {
				beanFactory.setAutowireCandidateResolver(new LocalSocketPortResolver());
			}
		}

	}

}
