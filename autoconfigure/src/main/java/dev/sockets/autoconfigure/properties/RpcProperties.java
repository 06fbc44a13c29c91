package dev.sockets.autoconfigure.properties;

import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;

/**
 * Requests and replies by opcode. What is written as a single value is a boolean.
 */
public class RpcProperties {

	private boolean on;

	/**
	 * Part of a handler's exception that the peer gets to know.
	 */
	private ErrorDetail errorDetail = ErrorDetail.MESSAGE;

	/**
	 * Requests of a connection that are handled at a time.
	 */
	private HandlerConcurrency handlers = HandlerConcurrency.CONCURRENT;

	/**
	 * Makes properties of the value of {@code rpc} itself.
	 * @param on whether there are requests by opcode
	 * @return properties that hold nothing else
	 */
	public static RpcProperties valueOf(Boolean on) {
		RpcProperties properties = new RpcProperties();
		properties.on = on;
		return properties;
	}

	/**
	 * Makes properties of the text of {@code rpc} itself.
	 * @param on {@code true} or {@code false}
	 * @return properties that hold nothing else
	 */
	public static RpcProperties valueOf(String on) {
		return switch (on) {
			case "true" -> valueOf(Boolean.TRUE);
			case "false" -> valueOf(Boolean.FALSE);
			default -> throw new IllegalArgumentException("Value must be true or false");
		};
	}

	public boolean areOn() {
		return this.on;
	}

	public void turnOn(boolean on) {
		this.on = on;
	}

	public ErrorDetail getErrorDetail() {
		return this.errorDetail;
	}

	public void setErrorDetail(ErrorDetail errorDetail) {
		this.errorDetail = errorDetail;
	}

	public HandlerConcurrency getHandlers() {
		return this.handlers;
	}

	public void setHandlers(HandlerConcurrency handlers) {
		this.handlers = handlers;
	}

}
