package dev.sockets.autoconfigure.binding;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.core.type.MethodMetadata;

/**
 * An endpoint can't be a bean of its name, as something else is.
 */
public class TakenNameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String path;

	private final String name;

	private final boolean reserved;

	private TakenNameException(String path, String name, boolean reserved, String reason) {
		super("'%s' cannot be a bean called '%s': %s".formatted(path, name, reason));
		this.path = path;
		this.name = name;
		this.reserved = reserved;
	}

	/**
	 * Creates an exception.
	 * @param path the property path of the endpoint
	 * @param name its name
	 * @param owner what finds a part of itself by that name
	 * @return the exception
	 */
	static TakenNameException reserved(String path, String name, String owner) {
		return new TakenNameException(path, name, true,
				"%s looks for a part of itself by that name, and would take the endpoint for it".formatted(owner));
	}

	/**
	 * Creates an exception.
	 * @param path the property path of the endpoint
	 * @param name its name
	 * @param other the bean that has the name
	 * @return the exception
	 */
	public static TakenNameException of(String path, String name, BeanDefinition other) {
		return new TakenNameException(path, name, false, "there is a bean of that name" + describe(other));
	}

	private static String describe(BeanDefinition bean) {
		String type = type(bean);
		String place = bean.getResourceDescription();
		return ((type != null) ? ", a " + type : "") + ((place != null) ? ", defined in " + place : "");
	}

	private static @Nullable String type(BeanDefinition bean) {
		MethodMetadata method = (bean instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		return (method != null) ? method.getReturnTypeName() : bean.getBeanClassName();
	}

	public String getPath() {
		return this.path;
	}

	public String getName() {
		return this.name;
	}

	/**
	 * Returns whether the name is one of Spring's own.
	 * @return {@code false} when a bean of the application has it
	 */
	public boolean isReserved() {
		return this.reserved;
	}

}
