package dev.sockets.codec.pickle;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The components of a record.
 */
final class RecordFields implements Fields {

	private static final ClassValue<RecordFields> CACHE = new ClassValue<>() {

		@Override
		protected RecordFields computeValue(Class<?> type) {
			return new RecordFields(type);
		}

	};

	private final Constructor<?> constructor;

	private final Map<String, ResolvableType> types = new LinkedHashMap<>();

	private final Map<String, Method> accessors = new LinkedHashMap<>();

	private RecordFields(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Class<?>[] classes = new Class<?>[components.length];
		for (int i = 0; i < components.length; i++) {
			classes[i] = components[i].getType();
			this.types.put(components[i].getName(), ResolvableType.forType(components[i].getGenericType()));
			Method accessor = components[i].getAccessor();
			accessor.trySetAccessible();
			this.accessors.put(components[i].getName(), accessor);
		}
		try {
			this.constructor = type.getDeclaredConstructor(classes);
			this.constructor.trySetAccessible();
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	static RecordFields of(Class<?> type) {
		return CACHE.get(type);
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
		return true;
	}

	@Override
	public Object create(Map<String, @Nullable Object> values) throws ReflectiveOperationException {
		return this.constructor.newInstance(this.types.keySet().stream().map(values::get).toArray());
	}

	@Override
	public Map<String, @Nullable Object> values(Object object) throws ReflectiveOperationException {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (Map.Entry<String, Method> accessor : this.accessors.entrySet()) {
			values.put(accessor.getKey(), accessor.getValue().invoke(object));
		}
		return values;
	}

}
