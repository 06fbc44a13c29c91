package dev.sockets.autoconfigure.binding;

import java.io.File;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;

import dev.sockets.InvalidSettingException;

/**
 * Takes what can mean one thing only, though Spring Boot does not convert it: the
 * objects, such as paths and classes, that tests and other code put into the environment
 * where text is wanted, and values with blanks around them.
 */
final class ConvertingBindHandler extends AbstractBindHandler {

	private static final String ROOT = "sockets";

	ConvertingBindHandler(BindHandler parent) {
		super(parent);
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		ConfigurationProperty property = ours(name, context);
		return super.onSuccess(name, target, context,
				(property != null && isText(target)) ? text(property, target, result) : result);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		ConfigurationProperty property = ours(name, context);
		if (property == null || error instanceof InvalidSettingException) {
			return super.onFailure(name, target, context, error);
		}
		Object converted = isText(target) ? converted(property, target, error) : withoutBlanks(error);
		return (converted != null) ? super.onSuccess(name, target, context, converted)
				: super.onFailure(name, target, context, error);
	}

	private static @Nullable ConfigurationProperty ours(ConfigurationPropertyName name, BindContext context) {
		ConfigurationProperty property = context.getConfigurationProperty();
		return (property != null && property.getName().equals(name) && name.getElement(0, Form.UNIFORM).equals(ROOT))
				? property : null;
	}

	private static boolean isText(Bindable<?> target) {
		return target.getType().toClass() == String.class
				|| target.getType().asCollection().getGeneric(0).resolve() == String.class;
	}

	/**
	 * Returns a text, or a list of them, without the blanks around that nobody can mean.
	 */
	private static Object text(ConfigurationProperty property, Bindable<?> target, Object result) {
		Object text = (property.getValue() instanceof char[] characters && target.getType().toClass() == String.class)
				? String.valueOf(characters) : result;
		if (VerbatimKeys.has(property.getName())) {
			return text;
		}
		return (text instanceof List<?> several)
				? new ArrayList<>(several.stream().map((one) -> Blanks.without(String.valueOf(one))).toList())
				: Blanks.without(String.valueOf(text));
	}

	private static @Nullable Object converted(ConfigurationProperty property, Bindable<?> target, Exception error) {
		List<String> texts = new ArrayList<>();
		for (Object one : elements(property.getValue())) {
			String text = text(one);
			if (text == null) {
				refuseUnknown(property, one, error);
				return null;
			}
			texts.add(text);
		}
		return text(property, target, (target.getType().toClass() == String.class) ? String.join(",", texts) : texts);
	}

	private static Collection<?> elements(Object value) {
		if (value instanceof Object[] several) {
			return Arrays.asList(several);
		}
		return (value instanceof Collection<?> several) ? several : List.of(value);
	}

	private static @Nullable String text(@Nullable Object value) {
		if (value instanceof Class<?> type) {
			return type.getTypeName();
		}
		if (value instanceof InetAddress address) {
			return address.getHostAddress();
		}
		return (value instanceof Path || value instanceof File || value instanceof CharSequence) ? value.toString()
				: null;
	}

	private static void refuseUnknown(ConfigurationProperty property, @Nullable Object value, Exception error) {
		if (value != null && (error instanceof ConverterNotFoundException
				|| error.getCause() instanceof ConverterNotFoundException)) {
			String path = property.getName().toString();
			throw new InvalidSettingException(path, SecretKeys.has(path) ? HandshakeMapper.HIDDEN : value.toString(),
					"text, not an object of the class " + value.getClass().getTypeName());
		}
	}

	/** A file of properties keeps the blanks at the end of a line. */
	private static @Nullable String withoutBlanks(Exception error) {
		if (error instanceof ConversionFailedException failure && failure.getValue() instanceof String text) {
			String stripped = Blanks.without(text);
			return (stripped.isEmpty() || stripped.equals(text)) ? null : stripped;
		}
		return null;
	}

}
