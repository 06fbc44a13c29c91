package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;
import org.springframework.context.ApplicationEvent;
import org.springframework.core.ResolvableType;

import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;

/**
 * Lets native images call listener methods, and read and write the classes that they take
 * and return, as the codec may have to.
 */
class ListenerReflectiveProcessor extends SimpleReflectiveProcessor {

	/** What methods are given beside payloads. */
	private static final List<Class<?>> CONTEXT = List.of(MessagePeer.class, SocketEndpoint.class,
			ApplicationEvent.class);

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	protected void registerMethodHint(ReflectionHints hints, Method method) {
		super.registerMethodHint(hints, method);
		for (int i = 0; i < method.getParameterCount(); i++) {
			register(hints, ResolvableType.forMethodParameter(method, i));
		}
		register(hints, ResolvableType.forMethodReturnType(method));
	}

	private void register(ReflectionHints hints, ResolvableType type) {
		for (ResolvableType generic : type.getGenerics()) {
			register(hints, generic);
		}
		Class<?> rawType = type.resolve();
		if (rawType != null && !isContext(rawType) && !PayloadTypes.isPlain(type)) {
			this.binding.registerReflectionHints(hints, rawType);
		}
	}

	private static boolean isContext(Class<?> type) {
		return CONTEXT.stream().anyMatch((context) -> context.isAssignableFrom(type));
	}

}
