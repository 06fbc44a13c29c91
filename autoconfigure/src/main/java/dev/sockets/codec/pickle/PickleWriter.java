package dev.sockets.codec.pickle;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

/**
 * Writes one pickle: of protocol 4 in one frame and without memo, or of protocol 3 with
 * everything remembered that Python remembers.
 */
final class PickleWriter {

	private final PickleOutput output = new PickleOutput();

	private final PickleValueOutput values;

	private final int protocol;

	private final int maxDepth;

	private final ClassMappings mappings;

	private int depth;

	private boolean inKey;

	PickleWriter(int protocol, int maxDepth, ClassMappings mappings) {
		this.values = new PickleValueOutput(this.output, protocol);
		this.protocol = protocol;
		this.maxDepth = maxDepth;
		this.mappings = mappings;
	}

	byte[] write(@Nullable Object payload) {
		this.values.opcode(Opcode.PROTO);
		this.output.u1(this.protocol);
		if (this.values.isCompact()) {
			this.values.opcode(Opcode.FRAME);
			this.output.littleEndian(0, Long.BYTES);
		}
		int start = this.output.size();
		value(payload);
		this.values.opcode(Opcode.STOP);
		if (this.values.isCompact()) {
			this.output.setLong(start - Long.BYTES, this.output.size() - start);
		}
		return this.output.toByteArray();
	}

	private void value(@Nullable Object value) {
		if (value == null) {
			this.values.opcode(Opcode.NONE);
		}
		else if (value instanceof String text) {
			this.values.text(text);
		}
		else if (value instanceof Number number) {
			number(number);
		}
		else if (value instanceof Boolean bool) {
			this.values.opcode(bool ? Opcode.NEWTRUE : Opcode.NEWFALSE);
		}
		else if (value instanceof byte[] bytes) {
			this.values.bytes(bytes);
		}
		else {
			composite(value);
		}
	}

	private void number(Number number) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
			this.values.integer(number.longValue());
		}
		else if (number instanceof Double || number instanceof Float) {
			this.values.floating(number.doubleValue());
		}
		else if (number instanceof BigInteger integer) {
			this.values.integer(integer);
		}
		else {
			composite(number);
		}
	}

	private void composite(Object value) {
		if (++this.depth > this.maxDepth) {
			throw PickleFault.toSend("what is nested in more than " + this.maxDepth
					+ " levels, or perhaps contains itself: send values that are flatter");
		}
		ClassMapping mapping = this.mappings.find(value.getClass());
		if (mapping != null) {
			object(mapping.write(value));
		}
		else if (value instanceof PickledObject object) {
			object(object);
		}
		else if (value instanceof Tuple tuple) {
			tuple(tuple);
		}
		else if (value instanceof Record record) {
			tuple(components(record));
		}
		else if (value instanceof Map<?, ?> map) {
			map(map);
		}
		else if (value instanceof Set<?> set) {
			set(set);
		}
		else if (value instanceof Collection<?> list) {
			list(list);
		}
		else if (value.getClass().isArray()) {
			list(Arrays.asList(ObjectUtils.toObjectArray(value)));
		}
		else {
			textOrBytes(value);
		}
		this.depth--;
	}

	private void textOrBytes(Object value) {
		if (value instanceof CharSequence || value instanceof Character) {
			this.values.text(value.toString());
		}
		else if (value instanceof Enum<?> constant) {
			this.values.text(constant.name());
		}
		else if (value instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			this.values.bytes(bytes);
		}
		else {
			throw PickleFault.toSend("a " + value.getClass().getName()
					+ ": map its class in pickle.classes, or send text, numbers, bytes, lists, maps or records");
		}
	}

	private static Tuple components(Record value) {
		try {
			return Tuple.copyOf(RecordFields.of(value.getClass()).values(value).values());
		}
		catch (ReflectiveOperationException ex) {
			throw PickleFault.toSend("a " + value.getClass().getName() + " that cannot be read", Fields.cause(ex));
		}
	}

	private void tuple(Tuple tuple) {
		if (tuple.isEmpty()) {
			this.values.opcode(Opcode.EMPTY_TUPLE);
			return;
		}
		if (tuple.size() > 3) {
			this.values.opcode(Opcode.MARK);
		}
		tuple.forEach(this::value);
		this.values.opcode((tuple.size() > 3) ? Opcode.TUPLE : Opcode.TUPLE1 + tuple.size() - 1);
		this.values.remember();
	}

	private void list(Collection<?> list) {
		if (this.inKey) {
			throw PickleFault.toSend("a list as a key or in a set: send a Tuple");
		}
		this.values.opcode(Opcode.EMPTY_LIST);
		this.values.remember();
		append(list);
	}

	private void append(Collection<?> elements) {
		if (elements.size() == 1) {
			value(elements.iterator().next());
			this.values.opcode(Opcode.APPEND);
		}
		else if (!elements.isEmpty()) {
			this.values.opcode(Opcode.MARK);
			elements.forEach(this::value);
			this.values.opcode(Opcode.APPENDS);
		}
	}

	private void map(Map<?, ?> map) {
		if (this.inKey) {
			throw PickleFault.toSend("a map as a key or in a set: send a list of pairs");
		}
		this.values.opcode(Opcode.EMPTY_DICT);
		this.values.remember();
		setItems(map);
	}

	private void setItems(Map<?, ?> map) {
		if (map.isEmpty()) {
			return;
		}
		boolean single = map.size() == 1;
		if (!single) {
			this.values.opcode(Opcode.MARK);
		}
		map.forEach((key, value) -> {
			key(key);
			value(value);
		});
		this.values.opcode(single ? Opcode.SETITEM : Opcode.SETITEMS);
	}

	/**
	 * Writes a value that the other side takes the hash code of.
	 */
	private void key(@Nullable Object key) {
		boolean outer = this.inKey;
		this.inKey = true;
		value(key);
		this.inKey = outer;
	}

	/**
	 * Writes a set, which a key or another set can only contain frozen.
	 */
	private void set(Set<?> set) {
		boolean frozen = this.inKey;
		this.inKey = true;
		if (!this.values.isCompact()) {
			global("builtins", frozen ? "frozenset" : "set");
			this.values.opcode(Opcode.EMPTY_LIST);
			this.values.remember();
			append(set);
			this.values.opcode(Opcode.TUPLE1);
			this.values.remember();
			this.values.opcode(Opcode.REDUCE);
			this.values.remember();
		}
		else if (frozen) {
			this.values.opcode(Opcode.MARK);
			set.forEach(this::value);
			this.values.opcode(Opcode.FROZENSET);
		}
		else {
			this.values.opcode(Opcode.EMPTY_SET);
			this.values.opcode(Opcode.MARK);
			set.forEach(this::value);
			this.values.opcode(Opcode.ADDITEMS);
		}
		this.inKey = frozen;
	}

	private void object(PickledObject object) {
		boolean outer = this.inKey;
		this.inKey = false;
		global(object.module(), object.name());
		if (object.kind() != PickledObject.Kind.NAME) {
			tuple(object.args());
			if (object.keywords().isEmpty()) {
				this.values.opcode((object.kind() == PickledObject.Kind.CALL) ? Opcode.REDUCE : Opcode.NEWOBJ);
			}
			else {
				map(object.keywords());
				this.values.opcode(Opcode.NEWOBJ_EX);
			}
			this.values.remember();
			append(object.items());
			setItems(object.entries());
			if (object.state() != null) {
				value(object.state());
				this.values.opcode(Opcode.BUILD);
			}
		}
		this.inKey = outer;
	}

	private void global(String module, String name) {
		int dot = name.lastIndexOf('.');
		if (this.values.isCompact()) {
			this.values.text(module);
			this.values.text(name);
			this.values.opcode(Opcode.STACK_GLOBAL);
		}
		else if (dot > 0) {
			object(PickledObject.call("builtins", "getattr", PickledObject.named(module, name.substring(0, dot)),
					name.substring(dot + 1)));
		}
		else {
			this.values.opcode(Opcode.GLOBAL);
			this.values.line(module);
			this.values.line(name);
			this.values.remember();
		}
	}

}
