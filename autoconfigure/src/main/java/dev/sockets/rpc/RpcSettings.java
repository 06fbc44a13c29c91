package dev.sockets.rpc;

import org.jspecify.annotations.Nullable;

/**
 * How requests by opcode are sent and answered.
 *
 * @param wireFormat what they look like on the wire
 * @param id what a peer that asks for it with {@code WireFormat.TCPTALKS} is told as the
 * identity of this side, 1 to 64 characters; {@code null} for six characters at random
 * @param errorDetail what the peer gets to know of exceptions
 * @param handlers how many requests of one connection are handled at a time
 */
public record RpcSettings(WireFormat wireFormat, @Nullable String id, ErrorDetail errorDetail,
		HandlerConcurrency handlers) {

	/** What is used when nothing is set. */
	public static final RpcSettings DEFAULTS = new RpcSettings(ErrorDetail.MESSAGE, HandlerConcurrency.CONCURRENT);

	/** What talks to programs that use TCPTalks. */
	public static final RpcSettings TCPTALKS = new RpcSettings(WireFormat.TCPTALKS, null, ErrorDetail.MESSAGE,
			HandlerConcurrency.CONCURRENT);

	/**
	 * Creates settings of our own wire.
	 * @param errorDetail what the peer gets to know of exceptions
	 * @param handlers how many requests of one connection are handled at a time
	 */
	public RpcSettings(ErrorDetail errorDetail, HandlerConcurrency handlers) {
		this(WireFormat.ARRAYS, null, errorDetail, handlers);
	}

}
