package dev.sockets.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import dev.sockets.autoconfigure.binding.Blanks;
import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EndpointGroup;

/**
 * Lets native images read and write the classes that {@code payload-type} and
 * {@code pickle.classes} name when the application is processed, and serialize those that
 * {@code allowed-classes} has by their full names.
 */
class PayloadTypesAotProcessor implements BeanRegistrationAotProcessor {

	/** They are allowed wherever any class is. */
	private static final List<Class<?>> NUMBERS = List.of(Boolean.class, Byte.class, Character.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, Number.class);

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanClass() != TcpEndpointFactory.class) {
			return null;
		}
		Set<Class<?>> types = new LinkedHashSet<>();
		Set<Class<?>> serialized = new LinkedHashSet<>();
		Environment environment = bean.getBeanFactory().getBean(Environment.class);
		Binder binder = Binder.get(environment);
		entries(environment).forEach((entry) -> {
			ClassLoader classLoader = bean.getBeanFactory().getBeanClassLoader();
			names(binder, entry).flatMap((name) -> Stream.ofNullable(find(name, classLoader))).forEach(types::add);
			allowed(binder, entry).flatMap((name) -> Stream.ofNullable(find(name, classLoader)))
				.forEach(serialized::add);
		});
		return (context, code) -> register(types, serialized, context.getRuntimeHints());
	}

	private static Stream<ConfigurationPropertyName> entries(Environment environment) {
		return Stream.concat(Stream.of(EndpointGroup.values()).map(EndpointGroup::defaults),
				EndpointEntries.read(environment).stream().map(EndpointEntry::prefix));
	}

	private static Stream<String> names(Binder binder, ConfigurationPropertyName entry) {
		Stream<String> payloadType = bind(binder, entry.append("payload-type"), Bindable.of(String.class)).stream();
		return Stream.concat(payloadType,
				bind(binder, entry.append("pickle.classes"), Bindable.mapOf(String.class, String.class)).stream()
					.flatMap((classes) -> classes.values().stream()));
	}

	private static Stream<String> allowed(Binder binder, ConfigurationPropertyName entry) {
		return bind(binder, entry.append("allowed-classes"), Bindable.listOf(String.class)).stream()
			.flatMap(List::stream);
	}

	/**
	 * A value that isn't known yet, or is wrong, is no reason to fail before the start.
	 */
	private static <T> Optional<T> bind(Binder binder, ConfigurationPropertyName path, Bindable<T> target) {
		try {
			BindResult<T> value = binder.bind(path, target);
			return value.isBound() ? Optional.of(value.get()) : Optional.empty();
		}
		catch (BindException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable Class<?> find(String name, @Nullable ClassLoader classLoader) {
		try {
			return ClassUtils.forName(Blanks.without(name), classLoader);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private static void register(Set<Class<?>> types, Set<Class<?>> serialized, RuntimeHints hints) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(),
				types.toArray(Class<?>[]::new));
		if (!serialized.isEmpty()) {
			Stream.concat(serialized.stream(), NUMBERS.stream()).forEach(hints.reflection()::registerJavaSerialization);
		}
	}

}
