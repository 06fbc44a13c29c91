package dev.sockets.autoconfigure.binding;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.SystemPropertyUtils;

import dev.sockets.InvalidSettingException;

/**
 * Refuses what Spring Boot would take for another value than was written, or for none: a
 * key with nothing behind its colon, the fraction of a whole number, and what YAML makes
 * of text and numbers.
 */
public final class WrittenValueBindHandler extends AbstractBindHandler {

	private static final Log logger = LogFactory.getLog("dev.sockets");

	private static final String ROOT = "sockets";

	private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

	private static final Bindable<String> TEXT = Bindable.of(String.class);

	private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");

	private static final Pattern DIGITS = Pattern.compile("[0-9]+");

	private static final int MORE_MAY_BE_MILLISECONDS = 1000;

	private final WrittenText written = new WrittenText();

	private final boolean telling;

	private WrittenValueBindHandler(BindHandler parent, boolean telling) {
		super(parent);
		this.telling = telling;
	}

	/**
	 * Creates a handler that refuses, and that tells in the log of what may be a mistake.
	 * @param parent what else is to be done
	 */
	public static WrittenValueBindHandler telling(BindHandler parent) {
		return new WrittenValueBindHandler(new ConvertingBindHandler(parent), true);
	}

	/**
	 * Creates a handler that only refuses.
	 */
	static WrittenValueBindHandler silent() {
		return new WrittenValueBindHandler(new ConvertingBindHandler(BindHandler.DEFAULT), false);
	}

	@Override
	public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			@Nullable Object result) throws Exception {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && property.getName().equals(name) && !isOfOthers(name, target)) {
			if (isEmpty(result) || isEmpty(property, context)) {
				refuseEmpty(name, target);
			}
			else {
				check(property, target, result);
			}
		}
		super.onFinish(name, target, context, result);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property == null || !property.getName().equals(name) || isOfOthers(name, target)) {
			return super.onFailure(name, target, context, error);
		}
		if (isEmpty(property, context)) {
			refuseEmpty(name, target);
		}
		Object result = super.onFailure(name, target, context, error);
		if (this.telling && target.getType().toClass() == Duration.class) {
			tell(property, target);
		}
		return result;
	}

	/** What is below {@code user-data} may be anything. */
	private static boolean isOfOthers(ConfigurationPropertyName name, Bindable<?> target) {
		return !name.getElement(0, Form.UNIFORM).equals(ROOT) || target.getType().toClass() == Object.class;
	}

	private void check(ConfigurationProperty property, Bindable<?> target, @Nullable Object result) {
		String path = property.getName().toString();
		if (WHOLE.contains(target.getType().toClass()) && property.getValue() instanceof Number number
				&& Math.rint(number.doubleValue()) != number.doubleValue()) {
			throw new InvalidSettingException(path, this.written.of(property).orElse(number.toString()),
					"a whole number");
		}
		this.written.of(property).ifPresent((text) -> check(path, text, property.getValue(), target));
		if (this.telling && result instanceof Duration) {
			tell(property, target);
		}
	}

	/** Returns whether nothing is written, or something that stands for nothing. */
	private static boolean isEmpty(ConfigurationProperty property, BindContext context) {
		Object value = property.getValue();
		return isEmpty(value) || (value instanceof CharSequence text
				&& text.toString().contains(SystemPropertyUtils.PLACEHOLDER_PREFIX)
				&& isEmpty(context.getBinder().bind(property.getName(), TEXT).orElse(null)));
	}

	private static boolean isEmpty(@Nullable Object value) {
		return value == null || (value instanceof CharSequence text && text.isEmpty())
				|| (value instanceof Collection<?> values && values.isEmpty());
	}

	/** Whether a text may be empty is known to those who read it, unless it never may. */
	private static void refuseEmpty(ConfigurationPropertyName name, Bindable<?> target) {
		String property = name.toString();
		boolean text = target.getType().toClass() == String.class;
		EmptyTexts.allowed(name)
			.or(() -> text ? EmptyTexts.allowedInDefaults(name) : Optional.empty())
			.ifPresent((allowed) -> {
				throw new InvalidSettingException(property, "", allowed + BoundEntry.OR_LEFT_OUT);
			});
		if (!text) {
			String kind = ValueKinds.of(target.getType()).orElse("at least one value");
			throw new InvalidSettingException(property, "", ValueKinds.orLeftOut(name, kind));
		}
	}

	private static void check(String property, String text, Object value, Bindable<?> target) {
		if (target.getType().toClass() == String.class) {
			checkText(property, text, value);
		}
		else if (value instanceof Number && text.indexOf(':') >= 0) {
			throw new InvalidSettingException(property, text, ValueKinds.of(target.getType()).orElse("a number")
					+ ": YAML reads %s as minutes and seconds, which is %s".formatted(text, value));
		}
		else if (OCTAL.matcher(text).matches()
				&& !new BigInteger(text.replace("_", "")).equals(new BigInteger(value.toString()))) {
			throw new InvalidSettingException(property, text,
					"without the 0 before it: YAML reads %s as an octal number, which is %s".formatted(text, value));
		}
	}

	private static void checkText(String property, String text, Object value) {
		if (text.equals(value.toString())) {
			return;
		}
		boolean secret = SecretKeys.has(property);
		String read = (value instanceof Boolean) ? "true or false" : "a number, and makes another text of it";
		String hint = (!secret && text.startsWith("0x") && value instanceof Integer code && code <= 0xFF)
				? "; for the byte %02X write '\\x%02X'".formatted(code, code) : "";
		throw new InvalidSettingException(property, secret ? HandshakeMapper.HIDDEN : text,
				"text in quotes: without them YAML reads it as " + read + hint);
	}

	private static void tell(ConfigurationProperty property, Bindable<?> target) {
		String text = property.getValue().toString().strip();
		if (DIGITS.matcher(text).matches() && target.getAnnotation(DurationUnit.class) == null && text.length() < 9) {
			int amount = Integer.parseInt(text);
			if (amount > 0 && amount < MORE_MAY_BE_MILLISECONDS) {
				logger.warn(
						"'%s' is %s without a unit, which is milliseconds, set in %s: write %2$sms, or %2$ss if it is to be seconds"
							.formatted(property.getName(), text, property.getOrigin()));
			}
		}
	}

}
