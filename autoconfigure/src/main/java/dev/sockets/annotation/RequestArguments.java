package dev.sockets.annotation;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.SocketEndpoint;
import dev.sockets.rpc.ArgumentMismatchException;
import dev.sockets.rpc.RpcRequest;

/**
 * Makes the arguments of a method of the requests with an opcode.
 */
final class RequestArguments {

	private final RequestParameter[] parameters;

	/**
	 * Prepares the arguments.
	 * @param method the method
	 * @param type the class of its bean
	 * @param endpoint the endpoint
	 * @throws IllegalArgumentException when a parameter can't have an argument
	 */
	RequestArguments(Method method, Class<?> type, SocketEndpoint endpoint) {
		this.parameters = new RequestParameter[method.getParameterCount()];
		for (int i = 0; i < this.parameters.length; i++) {
			this.parameters[i] = RequestParameter.of(method, i, type, endpoint);
		}
	}

	/**
	 * Makes the arguments for a request.
	 * @param request the request
	 * @return the arguments
	 * @throws ArgumentMismatchException when those of the request don't fit
	 */
	@Nullable Object[] resolve(RpcRequest request) {
		return new Resolution(request).resolve();
	}

	/** What of one request is not given to a parameter yet. */
	private final class Resolution {

		private final RpcRequest request;

		private final List<@Nullable Object> args;

		private final Map<String, @Nullable Object> kwargs;

		private int next;

		private Resolution(RpcRequest request) {
			this.request = request;
			this.args = request.args();
			this.kwargs = request.kwargs().isEmpty() ? Map.of() : new LinkedHashMap<>(request.kwargs());
		}

		private @Nullable Object[] resolve() {
			RequestParameter[] parameters = RequestArguments.this.parameters;
			@Nullable Object[] arguments = new Object[parameters.length];
			int rest = -1;
			for (int i = 0; i < arguments.length; i++) {
				RequestParameter parameter = parameters[i];
				if (parameter.takesRestOfNamed() && this.next >= this.args.size()
						&& !this.kwargs.containsKey(parameter.name())) {
					rest = i;
				}
				else {
					arguments[i] = argument(parameter);
				}
			}
			if (rest >= 0) {
				arguments[rest] = convert(parameters[rest],
						Collections.unmodifiableMap(new LinkedHashMap<>(this.kwargs)));
			}
			else if (!this.kwargs.isEmpty()) {
				throw new ArgumentMismatchException(
						"an unexpected argument is named '" + this.kwargs.keySet().iterator().next() + "'");
			}
			if (this.next < this.args.size()) {
				throw new ArgumentMismatchException(this.args.size() + " arguments are given, but "
						+ ((this.next == 1) ? "1 is" : this.next + " are") + " taken");
			}
			return arguments;
		}

		private @Nullable Object argument(RequestParameter parameter) {
			if (parameter.context() != null) {
				return parameter.context().apply(this.request);
			}
			if (parameter.takesRestOfPositional()) {
				return restOfPositional(parameter);
			}
			if (this.next < this.args.size()) {
				if (this.kwargs.containsKey(parameter.name())) {
					throw new ArgumentMismatchException(
							"the argument '" + parameter.name() + "' is given by its position and by its name");
				}
				return convert(parameter, this.args.get(this.next++));
			}
			if (this.kwargs.containsKey(parameter.name())) {
				return convert(parameter, this.kwargs.remove(parameter.name()));
			}
			if (!parameter.isOptional()) {
				throw new ArgumentMismatchException("the argument '" + parameter.name() + "' is missing");
			}
			return convert(parameter, null);
		}

		private Object restOfPositional(RequestParameter parameter) {
			ResolvableType type = parameter.type().getComponentType();
			int count = this.args.size() - this.next;
			Object rest = Array.newInstance(type.resolve(Object.class), count);
			for (int i = 0; i < count; i++) {
				Array.set(rest, i, this.request.convert(this.args.get(this.next++), type, describe(parameter)));
			}
			return rest;
		}

		private @Nullable Object convert(RequestParameter parameter, @Nullable Object value) {
			return this.request.convert(value, parameter.type(), describe(parameter));
		}

		private static String describe(RequestParameter parameter) {
			return "the argument '" + parameter.name() + "'";
		}

	}

}
