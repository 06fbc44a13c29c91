package dev.sockets.benchmarks.server;

/**
 * The process of a client that calls, as {@link RequestMain} does.
 */
public final class RpcClientMain {

	private RpcClientMain() {
	}

	/**
	 * Runs the client.
	 * @param args the entrant, and what {@link RequestMain} wants beside the requester
	 * @throws Exception when that fails
	 */
	public static void main(String[] args) throws Exception {
		RequestMain.run(RpcEntrant.of(args[0]).client(), args);
	}

}
