package dev.sockets.codec.pickle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

/**
 * Maps a class to a record or bean by the names of the fields. What the peer has more is
 * ignored, and what it has less is {@code null}, if the field can be.
 */
final class ClassMapping {

	private final PickledObject python;

	private final Fields fields;

	ClassMapping(PickledObject python, Fields fields) {
		this.python = PickledObject.instance(python.module(), python.name());
		this.fields = fields;
	}

	/**
	 * Returns the object of Java.
	 * @param object what the peer has sent
	 */
	Object read(PickledObject object) {
		try {
			return FieldValues.create(this.fields, received(object));
		}
		catch (RuntimeException ex) {
			throw PickleFault.received("a " + this.python.type() + " that makes no " + this.fields.owner().getName()
					+ ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Returns the fields that the peer has sent: arguments in the order of the record,
	 * over them those of the state.
	 */
	private Map<String, @Nullable Object> received(PickledObject object) {
		Map<String, @Nullable Object> received = new LinkedHashMap<>();
		addInOrder(object.args(), received);
		received.putAll(object.keywords());
		if (object.state() instanceof Tuple tuple && tuple.size() == 2) {
			addByName(tuple.get(0), received);
			addByName(tuple.get(1), received);
		}
		else if (object.state() instanceof List<?> list) {
			addInOrder(list, received);
		}
		else {
			addByName(object.state(), received);
		}
		return received;
	}

	private void addInOrder(List<?> values, Map<String, @Nullable Object> received) {
		if (!values.isEmpty()) {
			received.putAll(FieldValues.inOrder(this.fields, values));
		}
	}

	private static void addByName(@Nullable Object state, Map<String, @Nullable Object> received) {
		if (state instanceof Map<?, ?> map) {
			map.forEach((name, value) -> received.put(String.valueOf(name), value));
		}
	}

	/**
	 * Returns what Python makes its object of.
	 * @param object an object of the Java class
	 */
	PickledObject write(Object object) {
		try {
			return this.python.withState(this.fields.values(object));
		}
		catch (ReflectiveOperationException ex) {
			throw PickleFault.toSend("a " + this.fields.owner().getName() + " that cannot be read", Fields.cause(ex));
		}
	}

}
