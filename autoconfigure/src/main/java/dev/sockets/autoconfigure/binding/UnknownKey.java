package dev.sockets.autoconfigure.binding;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

import dev.sockets.NearestName;
import dev.sockets.autoconfigure.properties.SocketsProperties;

/**
 * A key below {@code sockets} that nothing knows.
 *
 * @param parent what it stands below
 * @param key its first part that is unknown
 * @param choices the keys that are known there; empty when nothing can stand there
 */
public record UnknownKey(String parent, String key, Set<String> choices) {

	private static final String ROOT = "sockets";

	/**
	 * Finds out what is unknown about a property.
	 * @return empty when it isn't one of ours
	 */
	public static Optional<UnknownKey> in(ConfigurationPropertyName name) {
		if (!name.getElement(0, Form.UNIFORM).equals(ROOT)) {
			return Optional.empty();
		}
		ResolvableType type = ResolvableType.forClass(SocketsProperties.class);
		int at = 1;
		while (at < name.getNumberOfElements()) {
			Optional<ResolvableType> next = property(type.toClass(), name.getElement(at, Form.UNIFORM));
			if (next.isEmpty()) {
				return Optional.of(new UnknownKey(name.chop(at).toString(), name.getElement(at, Form.ORIGINAL),
						keys(type.toClass())));
			}
			boolean named = Map.class.isAssignableFrom(next.get().toClass());
			type = named ? next.get().getGeneric(1) : next.get();
			at += named ? 2 : 1;
		}
		return Optional.empty();
	}

	private static Optional<ResolvableType> property(Class<?> type, String uniform) {
		if (!isOurs(type)) {
			return Optional.empty();
		}
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> property.getName().equalsIgnoreCase(uniform))
			.map(PropertyDescriptor::getReadMethod)
			.map(ResolvableType::forMethodReturnType)
			.findFirst();
	}

	private static Set<String> keys(Class<?> type) {
		return isOurs(type) ? PropertyNames.of(type) : Set.of();
	}

	private static boolean isOurs(Class<?> type) {
		return type.getPackage() == SocketsProperties.class.getPackage() && !type.isEnum();
	}

	/**
	 * Returns the key that was probably meant.
	 */
	public Optional<String> meant() {
		return NearestName.of(this.key, this.choices);
	}

}
