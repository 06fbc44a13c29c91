package dev.sockets.autoconfigure.diagnostics;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.diagnostics.SetValues.Value;

/**
 * Two settings that do not go together, or one that is wrong by itself.
 *
 * @param named the one to change: what the entry itself says comes before what the
 * defaults of its group say, and that before what nobody has set
 * @param other the other one; {@code null} when there is none
 */
record Contradiction(InvalidSettingException named, @Nullable InvalidSettingException other) {

	static Contradiction of(InvalidSettingException failure, SetValues values) {
		InvalidSettingException other = failure.getOther();
		return (other != null && nearness(other, values) > nearness(failure, values))
				? new Contradiction(other, failure) : new Contradiction(failure, other);
	}

	private static int nearness(InvalidSettingException failure, SetValues values) {
		Optional<Value> value = values.find(failure.getProperty());
		boolean own = value.map(Value::property).filter(failure.getProperty()::equals).isPresent();
		return (value.isPresent() ? 1 : 0) + (own ? 1 : 0);
	}

	/**
	 * Returns what a user is to read of the other one.
	 * @param values what is set
	 * @return a sentence after a space; empty when there is no other
	 */
	String beside(SetValues values) {
		return (this.other != null) ? beside(this.other, values) : "";
	}

	private static String beside(InvalidSettingException other, SetValues values) {
		String said = Objects.requireNonNullElse(other.getValue(), "");
		return values.find(other.getProperty())
			.map((value) -> " It does not go with '%s', which is '%s'%s.".formatted(value.property(),
					SetValues.isWritten(value.text(), said) ? value.text() : SetValues.readable(said),
					(value.origin() != null) ? ", set in " + value.origin() : ""))
			.orElseGet(() -> " It does not go with '%s', which is %s.".formatted(other.getProperty(),
					said.isEmpty() ? "not set" : SetValues.readable(said) + " as no property sets it"));
	}

}
