package dev.sockets.codec.pickle;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The properties of a bean that can be read and written, in the order of their names.
 */
final class BeanFields implements Fields {

	private final Constructor<?> constructor;

	private final Map<String, PropertyDescriptor> properties = new LinkedHashMap<>();

	private final Map<String, ResolvableType> types = new LinkedHashMap<>();

	BeanFields(Class<?> type) {
		try {
			this.constructor = type.getConstructor();
			for (PropertyDescriptor property : Introspector.getBeanInfo(type, Object.class).getPropertyDescriptors()) {
				if (property.getReadMethod() != null && property.getWriteMethod() != null) {
					this.properties.put(property.getName(), property);
					this.types.put(property.getName(),
							ResolvableType.forMethodParameter(property.getWriteMethod(), 0, type));
				}
			}
		}
		catch (NoSuchMethodException | IntrospectionException ex) {
			throw unfit(type, ex);
		}
		if (this.properties.isEmpty() || Modifier.isAbstract(type.getModifiers())) {
			throw unfit(type, null);
		}
	}

	private static IllegalArgumentException unfit(Class<?> type, @Nullable Throwable cause) {
		return new IllegalArgumentException(type.getName()
				+ " is neither a record nor a bean, with a public constructor without arguments, getters and setters",
				cause);
	}

	@Override
	public Class<?> owner() {
		return this.constructor.getDeclaringClass();
	}

	@Override
	public Map<String, ResolvableType> types() {
		return Collections.unmodifiableMap(this.types);
	}

	@Override
	public boolean areOrdered() {
		return false;
	}

	@Override
	public Object create(Map<String, @Nullable Object> values) throws ReflectiveOperationException {
		Object object = this.constructor.newInstance();
		for (PropertyDescriptor property : this.properties.values()) {
			if (values.containsKey(property.getName())) {
				property.getWriteMethod().invoke(object, values.get(property.getName()));
			}
		}
		return object;
	}

	@Override
	public Map<String, @Nullable Object> values(Object object) throws ReflectiveOperationException {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (PropertyDescriptor property : this.properties.values()) {
			values.put(property.getName(), property.getReadMethod().invoke(object));
		}
		return values;
	}

}
