package dev.sockets.codec.pickle;

import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.pickle.CollectionNode.Kind;

/**
 * Runs the opcodes of one pickle of protocols 0 to 5. What comes of it are values and
 * {@link Node}s: nothing is loaded and nothing is called. Time and room grow with the
 * bytes of the pickle, and no further than the limits.
 */
final class PickleReader {

	private static final int HIGHEST_PROTOCOL = 5;

	private static final int FIRST_OF_PYTHON_3 = 3;

	private final PickleInput input;

	private final PickleValues values;

	private final PickleLimits limits;

	private final PickleStack stack = new PickleStack();

	private final Memo memo;

	private int protocol;

	private int nodes;

	PickleReader(PickleInput input, PickleLimits limits) {
		this.input = input;
		this.values = new PickleValues(input);
		this.limits = limits;
		this.memo = new Memo(Math.min(limits.memo(), input.length()));
	}

	/**
	 * Reads the pickle.
	 * @return a value, a {@link Node}, or {@code null} for None
	 */
	@Nullable Object read() {
		int opcode = this.input.u1();
		while (opcode != Opcode.STOP) {
			run(opcode);
			opcode = this.input.u1();
		}
		return this.stack.pop();
	}

	private void run(int opcode) {
		switch (opcode) {
			case Opcode.PROTO -> protocol(this.input.u1());
			case Opcode.FRAME -> this.input.i8();
			case Opcode.MARK -> this.stack.mark();
			case Opcode.POP -> this.stack.popOrUnmark();
			case Opcode.POP_MARK -> this.stack.popToMark();
			case Opcode.DUP -> this.stack.push(this.stack.peek());
			case Opcode.PUT -> this.memo.put(PickleNumbers.ofIndex(this.input.line()), this.stack.peek());
			case Opcode.BINPUT -> this.memo.put(this.input.u1(), this.stack.peek());
			case Opcode.LONG_BINPUT -> this.memo.put(this.input.u4(), this.stack.peek());
			case Opcode.MEMOIZE -> this.memo.add(this.stack.peek());
			case Opcode.GET -> this.stack.push(this.memo.get(PickleNumbers.ofIndex(this.input.line())));
			case Opcode.BINGET -> this.stack.push(this.memo.get(this.input.u1()));
			case Opcode.LONG_BINGET -> this.stack.push(this.memo.get(this.input.u4()));
			case Opcode.EMPTY_LIST -> push(new CollectionNode(Kind.LIST));
			case Opcode.EMPTY_TUPLE -> push(new CollectionNode(Kind.TUPLE));
			case Opcode.EMPTY_DICT -> push(new CollectionNode(Kind.DICT));
			case Opcode.EMPTY_SET -> push(new CollectionNode(Kind.SET));
			case Opcode.LIST -> push(new CollectionNode(Kind.LIST, this.stack.popToMark()));
			case Opcode.TUPLE -> push(new CollectionNode(Kind.TUPLE, this.stack.popToMark()));
			case Opcode.DICT -> push(new CollectionNode(Kind.DICT, pairs(this.stack.popToMark())));
			case Opcode.FROZENSET -> push(new CollectionNode(Kind.FROZENSET, this.stack.popToMark()));
			case Opcode.TUPLE1 -> push(new CollectionNode(Kind.TUPLE, this.stack.pop(1)));
			case Opcode.TUPLE2 -> push(new CollectionNode(Kind.TUPLE, this.stack.pop(2)));
			case Opcode.TUPLE3 -> push(new CollectionNode(Kind.TUPLE, this.stack.pop(3)));
			case Opcode.APPEND -> append(this.stack.pop(1));
			case Opcode.APPENDS -> append(this.stack.popToMark());
			case Opcode.SETITEM -> setItems(this.stack.pop(2));
			case Opcode.SETITEMS -> setItems(pairs(this.stack.popToMark()));
			case Opcode.ADDITEMS -> addItems(this.stack.popToMark());
			case Opcode.GLOBAL -> push(global(this.input.textLine(), this.input.textLine()));
			case Opcode.STACK_GLOBAL -> stackGlobal(this.stack.pop(2));
			case Opcode.REDUCE -> object(PickledObject.Kind.CALL, this.stack.pop(2));
			case Opcode.NEWOBJ -> object(PickledObject.Kind.NEW, this.stack.pop(2));
			case Opcode.NEWOBJ_EX -> object(PickledObject.Kind.NEW, this.stack.pop(3));
			case Opcode.INST ->
				oldInstance(global(this.input.textLine(), this.input.textLine()), this.stack.popToMark());
			case Opcode.OBJ -> oldInstance(this.stack.popToMark());
			case Opcode.BUILD -> build(this.stack.pop());
			default -> this.stack.push(this.values.read(opcode));
		}
	}

	private void push(Node node) {
		if (++this.nodes > this.limits.containers()) {
			throw PickleFault.received("a pickle of more than " + this.limits.containers() + " containers and objects");
		}
		this.stack.push(node);
	}

	private void protocol(int protocol) {
		if (protocol > HIGHEST_PROTOCOL) {
			throw PickleFault
				.received("a pickle of protocol " + protocol + ", where the highest known is " + HIGHEST_PROTOCOL);
		}
		this.protocol = protocol;
	}

	private static @Nullable Object[] pairs(@Nullable Object[] values) {
		if (values.length % 2 != 0) {
			throw PickleFault.received("a dict with a key that has no value");
		}
		return values;
	}

	private void append(@Nullable Object[] values) {
		Object target = this.stack.peek();
		if (target instanceof ObjectNode object) {
			object.itemsToAddTo().addAll(values);
		}
		else {
			collection(target, Kind.LIST).addAll(values);
		}
	}

	private void setItems(@Nullable Object[] values) {
		Object target = this.stack.peek();
		if (target instanceof ObjectNode object) {
			object.entriesToAddTo().addAll(values);
		}
		else {
			collection(target, Kind.DICT).addAll(values);
		}
	}

	private void addItems(@Nullable Object[] values) {
		collection(this.stack.peek(), Kind.SET).addAll(values);
	}

	private static CollectionNode collection(@Nullable Object target, Kind kind) {
		if (target instanceof CollectionNode collection && collection.kind() == kind) {
			return collection;
		}
		throw PickleFault.received("elements for what is no " + kind.name().toLowerCase(Locale.ROOT));
	}

	private void stackGlobal(@Nullable Object[] names) {
		if (names[0] instanceof String module && names[1] instanceof String name) {
			push(global(module, name));
		}
		else {
			throw PickleFault.received("a name of a class that is no text");
		}
	}

	private GlobalNode global(String module, String name) {
		return (this.protocol < FIRST_OF_PYTHON_3) ? Python2Names.global(module, name) : new GlobalNode(module, name);
	}

	private void object(PickledObject.Kind kind, @Nullable Object[] parts) {
		push(new ObjectNode(kind, parts[0], parts[1], (parts.length > 2) ? parts[2] : null));
	}

	private void oldInstance(@Nullable Object[] typeAndArgs) {
		if (typeAndArgs.length == 0) {
			throw PickleFault.received("an object without a class");
		}
		oldInstance(typeAndArgs[0], Arrays.copyOfRange(typeAndArgs, 1, typeAndArgs.length));
	}

	/**
	 * Pushes an object as opcodes {@code INST} and {@code OBJ} make it: without arguments
	 * its constructor is not called.
	 */
	private void oldInstance(@Nullable Object type, @Nullable Object[] args) {
		push(new ObjectNode((args.length > 0) ? PickledObject.Kind.CALL : PickledObject.Kind.NEW, type,
				new CollectionNode(Kind.TUPLE, args), null));
	}

	private void build(@Nullable Object state) {
		if (this.stack.peek() instanceof ObjectNode object) {
			object.build(state);
		}
		else {
			throw PickleFault.received("a state for what is no object");
		}
	}

}
