package dev.sockets.autoconfigure.binding;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import dev.sockets.EventKind;
import dev.sockets.autoconfigure.properties.EventName;
import dev.sockets.autoconfigure.properties.RpcProperties;
import dev.sockets.autoconfigure.properties.SocketsProperties;

/**
 * What a value of each type must be, as the end of a sentence that starts with "must be".
 */
public final class ValueKinds {

	private static final Map<Class<?>, String> KINDS = Map.of(Integer.class, "a whole number", Long.class,
			"a whole number", Double.class, "a number", Boolean.class, "true or false", Duration.class,
			"a duration such as 500ms, 10s, 5m or 1h", DataSize.class, "a size such as 512B, 64KB or 1MB",
			Charset.class, "the name of a charset, such as UTF-8 or ISO-8859-1");

	private ValueKinds() {
	}

	/**
	 * Returns what one value must be, of those of a list too.
	 * @param target the type of a property
	 * @return empty when it may be any text
	 */
	public static Optional<String> of(ResolvableType target) {
		Class<?> type = one(target);
		if (type == EventName.class) {
			return Optional.of("all or none alone, or some of " + String.join(", ", Labels.of(EventKind.values())));
		}
		if (type.isEnum()) {
			return Optional.of("one of " + String.join(", ", choices(target)));
		}
		if (type == RpcProperties.class) {
			return Optional.of("true or false, or a group of keys below it");
		}
		if (Map.class.isAssignableFrom(type) || type.getPackage() == SocketsProperties.class.getPackage()) {
			return Optional.of("a group of keys below it, not a value");
		}
		return Optional.ofNullable(KINDS.get(type));
	}

	/**
	 * Returns what can be done about a key that has no value.
	 * @param name the key's name
	 * @param kind what its value must be
	 */
	public static String orLeftOut(ConfigurationPropertyName name, String kind) {
		return name.getLastElement(Form.UNIFORM).equals("port") ? kind : kind + BoundEntry.OR_LEFT_OUT;
	}

	/**
	 * Returns the values that a property can have when those are constants.
	 * @param target the type of the property
	 * @return none when there are any others
	 */
	public static List<String> choices(ResolvableType target) {
		return (one(target).getEnumConstants() instanceof Enum<?>[] constants) ? Labels.of(constants) : List.of();
	}

	private static Class<?> one(ResolvableType target) {
		Class<?> element = target.asCollection().getGeneric(0).resolve();
		return ClassUtils.resolvePrimitiveIfNecessary((element != null) ? element : target.toClass());
	}

}
