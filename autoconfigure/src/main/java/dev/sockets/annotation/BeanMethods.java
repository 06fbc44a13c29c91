package dev.sockets.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * Finds the annotated methods of all beans, without creating any.
 */
final class BeanMethods {

	/**
	 * A method.
	 *
	 * @param <A> what is found on it
	 * @param beanName its bean
	 * @param type the bean's class
	 * @param method the method
	 * @param annotation what is found on it
	 */
	record BeanMethod<A>(String beanName, Class<?> type, Method method, A annotation) {

	}

	private static final Log logger = LogFactory.getLog(BeanMethods.class);

	private final ConfigurableListableBeanFactory beanFactory;

	BeanMethods(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Finds the methods with an annotation.
	 * @param annotation the annotation
	 * @param lookup returns it, or {@code null} for nearly all methods
	 * @return the methods in the order of their beans
	 */
	<A> List<BeanMethod<A>> find(Class<? extends Annotation> annotation, MethodIntrospector.MetadataLookup<A> lookup) {
		List<BeanMethod<A>> methods = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : targetClass(beanName);
			if (type != null && mayHave(annotation, type)) {
				select(type, lookup)
					.forEach((method, found) -> methods.add(new BeanMethod<>(beanName, type, method, found)));
			}
		}
		return methods;
	}

	private @Nullable Class<?> targetClass(String beanName) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				return AutoProxyUtils.determineTargetClass(this.beanFactory,
						ScopedProxyUtils.getTargetBeanName(beanName));
			}
			return type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The class of bean '" + beanName + "' is not known, so its methods are not", ex);
			return null;
		}
	}

	private static boolean mayHave(Class<? extends Annotation> annotation, Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, annotation) && (!type.getName().startsWith("org.springframework.")
				|| AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class));
	}

	private static <A> Map<Method, A> select(Class<?> type, MethodIntrospector.MetadataLookup<A> lookup) {
		try {
			return MethodIntrospector.selectMethods(type, lookup);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The methods of " + type + " are not known", ex);
			return Map.of();
		}
	}

}
