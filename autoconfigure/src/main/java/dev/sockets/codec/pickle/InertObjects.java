package dev.sockets.codec.pickle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.PickledObject.Kind;
import dev.sockets.codec.Tuple;

/**
 * Makes inert objects of parts that a peer has sent. The ways that lower protocols go
 * round what they have no opcode for lead to the same objects as the opcodes.
 */
final class InertObjects {

	private InertObjects() {
	}

	static PickledObject named(String module, String name) {
		try {
			return PickledObject.named(module, name);
		}
		catch (IllegalArgumentException ex) {
			throw PickleFault.received("a class without a proper name", ex);
		}
	}

	static PickledObject of(Kind kind, @Nullable Object callee, @Nullable Object args, @Nullable Object keywords) {
		if (!(args instanceof Tuple tuple)) {
			throw PickleFault.received("arguments of an object that are no tuple");
		}
		if (callee instanceof PickledObject type && type.kind() == Kind.NAME) {
			return (kind == Kind.NEW) ? instance(type, tuple, keywords) : call(type, tuple);
		}
		if (callee instanceof PickledObject partial && partial.type().equals("functools.partial")
				&& partial.state() instanceof Tuple state && state.size() == 4 && tuple.isEmpty()) {
			return ofPartial(state);
		}
		throw PickleFault.received("an object that is made by what is no class or function");
	}

	private static PickledObject instance(PickledObject type, Tuple args, @Nullable Object keywords) {
		PickledObject object = PickledObject.instance(type.module(), type.name(), args.toArray());
		if (keywords == null) {
			return object;
		}
		if (!(keywords instanceof Map<?, ?> map) || !map.keySet().stream().allMatch(String.class::isInstance)) {
			throw PickleFault.received("keyword arguments of an object that are no dict with keys of text");
		}
		Map<String, @Nullable Object> byName = new LinkedHashMap<>();
		map.forEach((name, value) -> byName.put((String) name, value));
		return object.withKeywords(byName);
	}

	/**
	 * A call of {@code cls.__new__} with keyword arguments, as protocols 2 and 3 write
	 * it: function, arguments, keyword arguments and fields.
	 */
	private static PickledObject ofPartial(Tuple state) {
		if (state.get(0) instanceof PickledObject function && function.name().endsWith(".__new__")
				&& state.get(1) instanceof Tuple args && !args.isEmpty() && args.get(0) instanceof PickledObject type
				&& type.kind() == Kind.NAME) {
			return instance(type, rest(args), state.get(2));
		}
		throw PickleFault.received("an object that is made by a partial function");
	}

	private static PickledObject call(PickledObject function, Tuple args) {
		Object first = args.isEmpty() ? null : args.get(0);
		if (first instanceof PickledObject type && type.kind() == Kind.NAME) {
			switch (function.type()) {
				case "builtins.getattr":
					if (args.size() == 2 && args.get(1) instanceof String name) {
						return named(type.module(), type.name() + "." + name);
					}
					break;
				case "copyreg.__newobj__":
					return instance(type, rest(args), null);
				case "copyreg._reconstructor":
					if (args.size() == 3 && PickledObject.named("builtins", "object").equals(args.get(1))) {
						return instance(type, Tuple.of(), null);
					}
					break;
				default:
			}
		}
		return PickledObject.call(function.module(), function.name(), args.toArray());
	}

	private static Tuple rest(Tuple args) {
		return Tuple.copyOf(args.subList(1, args.size()));
	}

	static PickledObject complete(PickledObject object, @Nullable Object state, @Nullable Object items,
			@Nullable Object entries) {
		PickledObject complete = (state != null) ? object.withState(state) : object;
		if (items instanceof List<?> list) {
			complete = complete.withItems(list);
		}
		return (entries instanceof Map<?, ?> map) ? complete.withEntries(map) : complete;
	}

}
