package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Methods as messages show them.
 */
final class Signatures {

	private Signatures() {
	}

	/**
	 * Returns the class, name and parameter types of a method.
	 */
	static String of(Method method) {
		String parameters = Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return method.getDeclaringClass().getName() + "." + method.getName() + "(" + parameters + ")";
	}

}
