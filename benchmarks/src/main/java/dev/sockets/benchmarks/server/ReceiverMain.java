package dev.sockets.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of a receiver of multicast: starts it, says {@code ready}, and answers
 * questions about what it has received, a line each, until its input ends.
 */
public final class ReceiverMain {

	/** Answers with the number of datagrams that were received so far. */
	public static final String RECEIVED = "received";

	/** Answers with how many of them came after one that was sent later. */
	public static final String DISORDERED = "disordered";

	private ReceiverMain() {
	}

	/**
	 * Runs a receiver.
	 * @param args the receiver, the group and the port
	 * @throws Exception when the receiver cannot be started
	 */
	public static void main(String[] args) throws Exception {
		Tally tally = new Tally();
		Receiver.of(args[0]).program().start(args[1], Integer.parseInt(args[2]), tally);
		System.out.println(ServerMain.READY);
		answer(tally);
		Runtime.getRuntime().halt(0);
	}

	private static void answer(Tally tally) throws IOException {
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		String question;
		while ((question = questions.readLine()) != null) {
			System.out.println(switch (question) {
				case RECEIVED -> tally.received();
				case DISORDERED -> tally.disordered();
				default -> throw new IllegalArgumentException(question);
			});
			System.out.flush();
		}
	}

}
