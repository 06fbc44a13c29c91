package dev.sockets.codec.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

/**
 * Makes values of the {@link Node}s of one pickle. Each is made once, but counts wherever
 * it occurs, so what walks through the result later finds no more than the limits.
 */
final class Assembler {

	private static final int BYTES_OF_ELEMENT = 64;

	private final PickleLimits limits;

	private final ClassMappings mappings;

	private final boolean keepsUnfit;

	private final int length;

	private final long maxElements;

	private int elements;

	/** The deepest level that the value being made has come to. */
	private int deepest;

	/**
	 * Creates an assembler.
	 * @param limits what the message may cost
	 * @param mappings classes that are mapped
	 * @param keepsUnfit whether objects stay inert that don't fit their mapped class
	 * @param length the bytes of the message
	 */
	Assembler(PickleLimits limits, ClassMappings mappings, boolean keepsUnfit, int length) {
		this.limits = limits;
		this.mappings = mappings;
		this.keepsUnfit = keepsUnfit;
		this.length = length;
		this.maxElements = PickleLimits.elements(length);
	}

	@Nullable Object assemble(@Nullable Object part) {
		return value(part, 0);
	}

	/**
	 * Returns the elements of a list or tuple before the first one that makes no value.
	 */
	List<@Nullable Object> assembleHead(@Nullable Object part) {
		List<@Nullable Object> head = new ArrayList<>();
		if (part instanceof CollectionNode node
				&& (node.kind() == CollectionNode.Kind.TUPLE || node.kind() == CollectionNode.Kind.LIST)) {
			try {
				for (Object element : node.elements()) {
					head.add(value(element, 1));
				}
			}
			catch (SocketOperationException ex) {
				return head;
			}
		}
		return head;
	}

	/**
	 * Returns the value of a part.
	 * @param part a value or node
	 * @param level how many containers are around it
	 */
	private @Nullable Object value(@Nullable Object part, int level) {
		if (!(part instanceof Node node)) {
			count(weight(part));
			return part;
		}
		count(1);
		if (node.isMade()) {
			count(node.size());
			reach(level + node.height());
			return node.value();
		}
		if (!node.begin()) {
			throw PickleFault.received("a value that contains itself");
		}
		int outer = this.deepest;
		int before = this.elements;
		this.deepest = 0;
		reach(level + 1);
		Object value = make(node, level + 1);
		node.made(value, this.deepest - level, this.elements - before);
		this.deepest = Math.max(this.deepest, outer);
		return value;
	}

	/**
	 * Returns what a value counts: 1, and more when it is long.
	 */
	private static int weight(@Nullable Object value) {
		if (value instanceof String text) {
			return 1 + text.length() / BYTES_OF_ELEMENT;
		}
		if (value instanceof byte[] bytes) {
			return 1 + bytes.length / BYTES_OF_ELEMENT;
		}
		return (value instanceof BigInteger integer) ? 1 + integer.bitLength() / Byte.SIZE / BYTES_OF_ELEMENT : 1;
	}

	private void count(int more) {
		this.elements += more;
		if (this.elements > this.maxElements || this.elements < 0) {
			throw PickleFault
				.received("a pickle of %d bytes that has more than %d elements where its shared parts occur"
					.formatted(this.length, this.maxElements));
		}
	}

	private void reach(int level) {
		if (level > this.limits.depth()) {
			throw PickleFault.received("a value that is nested in more than " + this.limits.depth() + " levels");
		}
		this.deepest = Math.max(this.deepest, level);
	}

	private @Nullable Object make(Node node, int level) {
		if (node instanceof CollectionNode collection) {
			return switch (collection.kind()) {
				case LIST -> new ArrayList<>(Arrays.asList(values(collection, level)));
				case TUPLE -> Tuple.of(values(collection, level));
				case DICT -> Keys.map(values(collection, level));
				case SET -> Keys.set(values(collection, level));
				case FROZENSET -> Collections.unmodifiableSet(Keys.set(values(collection, level)));
			};
		}
		if (node instanceof GlobalNode global) {
			return InertObjects.named(global.module(), global.name());
		}
		return object((ObjectNode) node, level);
	}

	/**
	 * Makes the values in place: nobody looks at the parts again.
	 */
	private @Nullable Object[] values(CollectionNode node, int level) {
		@Nullable Object[] values = node.elements();
		for (int i = 0; i < values.length; i++) {
			values[i] = value(values[i], level);
		}
		return values;
	}

	private Object object(ObjectNode node, int level) {
		PickledObject object = InertObjects.of(node.kind(), value(node.callee(), level), value(node.args(), level),
				part(node.keywords(), level));
		object = InertObjects.complete(object, part(node.state(), level), part(node.items(), level),
				part(node.entries(), level));
		ClassMapping mapping = this.mappings.find(object);
		return (mapping != null) ? mapped(object, mapping) : DataTypes.valueOf(object);
	}

	private Object mapped(PickledObject object, ClassMapping mapping) {
		try {
			return mapping.read(object);
		}
		catch (SocketOperationException ex) {
			if (this.keepsUnfit) {
				return object;
			}
			throw ex;
		}
	}

	/**
	 * Returns a part that most objects don't have, and then it doesn't count.
	 */
	private @Nullable Object part(@Nullable Object part, int level) {
		return (part != null) ? value(part, level) : null;
	}

}
