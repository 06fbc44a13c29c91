package dev.sockets.rpc;

/**
 * How requests by opcode are answered.
 *
 * @param errorDetail what the peer gets to know of exceptions
 * @param handlers how many requests of one connection are handled at a time
 */
public record RpcSettings(ErrorDetail errorDetail, HandlerConcurrency handlers) {

	/** What is used when nothing is set. */
	public static final RpcSettings DEFAULTS = new RpcSettings(ErrorDetail.MESSAGE, HandlerConcurrency.CONCURRENT);

}
