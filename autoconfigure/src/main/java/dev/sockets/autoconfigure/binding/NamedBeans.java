package dev.sockets.autoconfigure.binding;

import org.springframework.core.env.Environment;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Beans that the configuration refers to, most by their name.
 */
public final class NamedBeans {

	private final ListableBeanFactory beanFactory;

	public NamedBeans(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Returns the bean of a name, when it has all of the types.
	 */
	public Optional<Object> find(String name, Class<?>... types) {
		if (!name.isEmpty() && this.beanFactory.containsBean(name)
				&& Arrays.stream(types).allMatch((type) -> this.beanFactory.isTypeMatch(name, type))) {
			return Optional.of(this.beanFactory.getBean(name));
		}
		return Optional.empty();
	}

	/**
	 * Returns whether there is a bean of a name.
	 */
	boolean has(String name) {
		return !name.isEmpty() && this.beanFactory.containsBean(name);
	}

	/**
	 * Returns what a bean of another type than is wanted is.
	 * @return a clause; empty when there is no bean of that name
	 */
	String otherType(String name) {
		Class<?> type = (!name.isEmpty() && this.beanFactory.containsBean(name)) ? this.beanFactory.getType(name)
				: null;
		return (type != null) ? "; the bean '" + name + "' is a " + type.getName() : "";
	}

	/**
	 * Returns the environment of the application.
	 */
	Optional<Environment> environment() {
		return Optional.ofNullable(this.beanFactory.getBeanProvider(Environment.class).getIfAvailable());
	}

	/**
	 * Returns the bean of a type, when there is one.
	 * @throws NoUniqueBeanDefinitionException when there are several and none is primary
	 */
	<T> Optional<T> only(Class<T> type) {
		return Optional.ofNullable(this.beanFactory.getBeanProvider(type).getIfAvailable());
	}

	/**
	 * Returns what loads the classes of the application.
	 */
	@Nullable ClassLoader classLoader() {
		return (this.beanFactory instanceof ConfigurableBeanFactory configurable) ? configurable.getBeanClassLoader()
				: ClassUtils.getDefaultClassLoader();
	}

	/**
	 * Returns the names of the beans that have all of the types.
	 */
	public Set<String> names(Class<?> first, Class<?>... more) {
		Set<String> names = new TreeSet<>(Arrays.asList(this.beanFactory.getBeanNamesForType(first, true, false)));
		names.removeIf((name) -> !Arrays.stream(more).allMatch((type) -> this.beanFactory.isTypeMatch(name, type)));
		return names;
	}

}
