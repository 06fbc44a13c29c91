package dev.sockets.autoconfigure.binding;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The keys that a properties class has.
 */
final class PropertyNames {

	private PropertyNames() {
	}

	/** Methods called as the property alone are none to bind by. */
	static Stream<PropertyDescriptor> properties(Class<?> type) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> property.getReadMethod() == null
					|| !property.getReadMethod().getName().equals(property.getName()));
	}

	static Set<String> of(Class<?> type) {
		return properties(type).map(PropertyDescriptor::getName)
			.filter((name) -> !name.equals("class"))
			.map(DataObjectPropertyName::toDashedForm)
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
