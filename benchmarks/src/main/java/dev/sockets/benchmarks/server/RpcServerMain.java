package dev.sockets.benchmarks.server;

/**
 * The process of a server that is called.
 */
public final class RpcServerMain {

	private RpcServerMain() {
	}

	/**
	 * Runs a server.
	 * @param args the entrant and the port
	 * @throws Exception when the server cannot be started
	 */
	public static void main(String[] args) throws Exception {
		RpcEntrant.of(args[0]).server().start(Integer.parseInt(args[1]), Behaviour.ECHO);
		ServerMain.answer();
	}

}
