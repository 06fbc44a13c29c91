package dev.sockets.annotation;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Registers the beans of {@link EnableSocketExchanges}.
 */
class SocketExchangeRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	SocketExchangeRegistrar(Environment environment, ResourceLoader resourceLoader) {
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry,
			BeanNameGenerator names) {
		MergedAnnotation<EnableSocketExchanges> annotation = importing.getAnnotations()
			.get(EnableSocketExchanges.class);
		Set<Class<?>> types = new LinkedHashSet<>(Arrays.asList(annotation.getClassArray("clients")));
		packages(annotation, importing.getClassName(), types.isEmpty()).forEach((name) -> types.addAll(scan(name)));
		for (Class<?> type : types) {
			String name = names.generateBeanName(new AnnotatedGenericBeanDefinition(type), registry);
			if (!registry.containsBeanDefinition(name)) {
				registry.registerBeanDefinition(name, definition(type));
			}
		}
	}

	private Set<String> packages(MergedAnnotation<EnableSocketExchanges> annotation, String importing,
			boolean orItsOwn) {
		Set<String> packages = new LinkedHashSet<>();
		for (String name : annotation.getStringArray("basePackages")) {
			packages.add(this.environment.resolveRequiredPlaceholders(name));
		}
		Stream.of(annotation.getClassArray("basePackageClasses")).map(Class::getPackageName).forEach(packages::add);
		if (packages.isEmpty() && orItsOwn) {
			packages.add(ClassUtils.getPackageName(importing));
		}
		return packages;
	}

	private Set<Class<?>> scan(String packageName) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (BeanDefinition candidate : new Scanner(this.environment, this.resourceLoader)
			.findCandidateComponents(packageName)) {
			types.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()),
					this.resourceLoader.getClassLoader()));
		}
		return types;
	}

	/**
	 * The interface is given by its name, as code that is generated for the definition
	 * may not see the class.
	 */
	private static BeanDefinition definition(Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(SocketExchangeFactoryBean.class);
		definition.setTargetType(ResolvableType.forClassWithGenerics(SocketExchangeFactoryBean.class, type));
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type.getName());
		return definition;
	}

	private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

		Scanner(Environment environment, ResourceLoader resourceLoader) {
			super(false, environment);
			setResourceLoader(resourceLoader);
			addIncludeFilter(new AnnotationTypeFilter(SocketExchange.class));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isInterface() && definition.getMetadata().isIndependent();
		}

	}

}
