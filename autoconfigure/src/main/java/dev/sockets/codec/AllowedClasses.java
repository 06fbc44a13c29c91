package dev.sockets.codec;

import java.io.InvalidClassException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which classes may be received. Asked by name before a class is loaded.
 */
final class AllowedClasses {

	/**
	 * What harms nobody: texts, numbers, and the superclasses of these and of enums. What
	 * an enum is has to be allowed itself.
	 */
	private static final Set<String> HARMLESS = Set.of("java.lang.String", "java.lang.Boolean", "java.lang.Byte",
			"java.lang.Character", "java.lang.Short", "java.lang.Integer", "java.lang.Long", "java.lang.Float",
			"java.lang.Double", "java.lang.Number", "java.lang.Enum");

	/** Elements of arrays that are of any class, each of which is asked for itself. */
	private static final Set<String> ANY_ELEMENTS = Set.of("java.lang.Object", "java.util.Map$Entry");

	private static final Pattern NAME = Pattern
		.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierStart}"
				+ "\\p{javaJavaIdentifierPart}*)*(\\.\\*\\*?)?");

	private static final int LONGEST_QUOTE = 200;

	private final List<String> patterns;

	/**
	 * Allows classes.
	 * @param patterns full names, {@code package.*} for those of a package and
	 * {@code package.**} for those of the packages below it too
	 * @throws IllegalArgumentException when there are none, or one is not of that form
	 */
	AllowedClasses(Collection<String> patterns) {
		if (patterns.isEmpty()) {
			throw new IllegalArgumentException("No class is allowed");
		}
		for (String pattern : patterns) {
			if (!NAME.matcher(pattern).matches()) {
				throw new IllegalArgumentException("'" + pattern + "' names no class, nor those of a package");
			}
		}
		this.patterns = List.copyOf(patterns);
	}

	/**
	 * Refuses a class that is not allowed.
	 * @param name as a stream has it: that of an array begins with brackets
	 * @throws InvalidClassException when it is not allowed
	 */
	void check(String name) throws InvalidClassException {
		String element = name.substring(dimensions(name));
		boolean array = element.length() < name.length();
		boolean allowed = array ? isElementAllowed(element) : isAllowed(name);
		if (!allowed) {
			throw new InvalidClassException(
					"Class " + ((name.length() > LONGEST_QUOTE) ? name.substring(0, LONGEST_QUOTE) + "..." : name)
							+ " is not allowed; see allowed-classes");
		}
	}

	private static int dimensions(String name) {
		int count = 0;
		while (count < name.length() && name.charAt(count) == '[') {
			count++;
		}
		return count;
	}

	private boolean isElementAllowed(String element) {
		if (element.length() == 1) {
			return "BCDFIJSZ".contains(element);
		}
		if (!element.startsWith("L") || !element.endsWith(";")) {
			return false;
		}
		String name = element.substring(1, element.length() - 1);
		return ANY_ELEMENTS.contains(name) || isAllowed(name);
	}

	private boolean isAllowed(String name) {
		return HARMLESS.contains(name) || this.patterns.stream().anyMatch((pattern) -> matches(pattern, name));
	}

	private static boolean matches(String pattern, String name) {
		if (pattern.endsWith(".**")) {
			return name.startsWith(pattern.substring(0, pattern.length() - 2));
		}
		if (pattern.endsWith(".*")) {
			String prefix = pattern.substring(0, pattern.length() - 1);
			return name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0;
		}
		return name.equals(pattern);
	}

	@Override
	public String toString() {
		return this.patterns.toString();
	}

}
