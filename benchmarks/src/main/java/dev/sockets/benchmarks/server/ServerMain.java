package dev.sockets.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of a server: starts it, says {@code ready}, and answers questions about its
 * memory, a line each, until its input ends.
 */
public final class ServerMain {

	/** Collects garbage, and answers with the bytes that are left in the heap. */
	public static final String HEAP = "heap";

	/** Answers with the bytes of direct buffers. */
	public static final String DIRECT = "direct";

	/** Answers with the bytes that all threads have allocated so far. */
	public static final String ALLOCATED = "allocated";

	/** What the process says when the server listens. */
	public static final String READY = "ready";

	private ServerMain() {
	}

	/**
	 * Runs a server.
	 * @param args the entrant, the port and the behaviour
	 * @throws Exception when the server cannot be started
	 */
	public static void main(String[] args) throws Exception {
		Entrant.of(args[0]).start(Integer.parseInt(args[1]), Behaviour.valueOf(args[2]));
		answer();
	}

	/**
	 * Says {@code ready} and answers questions until the input ends, then exits.
	 * @throws IOException when the input is broken
	 */
	static void answer() throws IOException {
		say(READY);
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		String question;
		while ((question = questions.readLine()) != null) {
			say(switch (question) {
				case HEAP -> Memory.heapInUse();
				case DIRECT -> Memory.directInUse();
				case ALLOCATED -> Memory.allocated();
				default -> throw new IllegalArgumentException(question);
			});
		}
		Runtime.getRuntime().halt(0);
	}

	private static void say(Object answer) {
		System.out.println(answer);
		System.out.flush();
	}

}
