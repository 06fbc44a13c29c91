package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.WireFormat;

/**
 * Requests and replies by opcode. What is written as a single value is a boolean.
 */
public class RpcProperties {

	private boolean on;

	/**
	 * Look of requests and replies on the wire: arrays of our own, or tuples as TCPTalks
	 * has them, which need codec pickle and framing stream.
	 */
	private WireFormat wireFormat = WireFormat.ARRAYS;

	/**
	 * Identity that a peer which uses TCPTalks is told, 1 to 64 characters. By default
	 * six characters at random.
	 */
	private @Nullable String id;

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

	public WireFormat getWireFormat() {
		return this.wireFormat;
	}

	public void setWireFormat(WireFormat wireFormat) {
		this.wireFormat = wireFormat;
	}

	public @Nullable String getId() {
		return this.id;
	}

	public void setId(@Nullable String id) {
		this.id = id;
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
