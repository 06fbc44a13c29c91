package dev.sockets.autoconfigure.binding;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The keys that a properties class has.
 */
final class PropertyNames {

	private PropertyNames() {
	}

	static Set<String> of(Class<?> type) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.map(PropertyDescriptor::getName)
			.filter((name) -> !name.equals("class"))
			.map(DataObjectPropertyName::toDashedForm)
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
