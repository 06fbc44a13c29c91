package dev.sockets.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EndpointGroup;

/**
 * Lets native images read and write the classes that {@code payload-type} names when the
 * application is processed.
 */
class PayloadTypesAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanClass() != TcpEndpointFactory.class) {
			return null;
		}
		Set<Class<?>> types = new LinkedHashSet<>();
		Environment environment = bean.getBeanFactory().getBean(Environment.class);
		Binder binder = Binder.get(environment);
		entries(environment).forEach((entry) -> {
			Class<?> type = payloadType(binder, entry, bean.getBeanFactory().getBeanClassLoader());
			if (type != null) {
				types.add(type);
			}
		});
		return (context, code) -> register(types, context.getRuntimeHints());
	}

	private static Stream<ConfigurationPropertyName> entries(Environment environment) {
		return Stream.concat(Stream.of(EndpointGroup.values()).map(EndpointGroup::defaults),
				EndpointEntries.read(environment).stream().map(EndpointEntry::prefix));
	}

	/**
	 * A value that isn't known yet, or is wrong, is no reason to fail before the start.
	 */
	private static @Nullable Class<?> payloadType(Binder binder, ConfigurationPropertyName entry,
			@Nullable ClassLoader classLoader) {
		try {
			String name = binder.bind(entry.append("payload-type"), Bindable.of(String.class)).orElse(null);
			return (name != null) ? ClassUtils.forName(name, classLoader) : null;
		}
		catch (BindException | ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private static void register(Set<Class<?>> types, RuntimeHints hints) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(),
				types.toArray(Class<?>[]::new));
	}

}
