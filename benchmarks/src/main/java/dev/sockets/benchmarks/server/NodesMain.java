package dev.sockets.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of several nodes: starts them, says {@code ready}, and does what it is told
 * in lines, each with one number as its answer, until its input ends.
 */
public final class NodesMain {

	/** Sends: bytes of a line, milliseconds, lines a second or 0 for as many as go. */
	public static final String SEND = "send";

	/** Answers with the port of a node: its number. */
	public static final String PORT = "port";

	/** Answers with how many connections the node knows that knows least. */
	public static final String PRESENCE = "presence";

	/** Answers with how many lines came to a node after one that was sent later. */
	public static final String DISORDERED = "disordered";

	/** Answers with how many nodes have left, as any node thinks. */
	public static final String LEFT = "left";

	private NodesMain() {
	}

	/**
	 * Runs nodes.
	 * @param args the entrant, how many nodes, the address of their Redis, and what they
	 * do with the lines that they receive
	 * @throws IOException when the input is broken
	 */
	public static void main(String[] args) throws IOException {
		List<Node> nodes = new ArrayList<>();
		for (int i = 0; i < Integer.parseInt(args[1]); i++) {
			nodes.add(NodeEntrant.of(args[0]).start(args[2], Behaviour.valueOf(args[3])));
		}
		System.out.println(ServerMain.READY);
		BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		NodeSender sender = new NodeSender(nodes);
		String line;
		while ((line = told.readLine()) != null) {
			System.out.println(answer(nodes, sender, line.split(" ")));
			System.out.flush();
		}
		Runtime.getRuntime().halt(0);
	}

	private static long answer(List<Node> nodes, NodeSender sender, String[] words) {
		return switch (words[0]) {
			case SEND -> send(sender, Integer.parseInt(words[1]), Long.parseLong(words[2]) * 1_000_000,
					Integer.parseInt(words[3]));
			case PORT -> nodes.get(Integer.parseInt(words[1])).server().getLocalAddress().getPort();
			case PRESENCE -> nodes.stream().mapToLong(NodesMain::known).min().orElse(0);
			case DISORDERED -> nodes.stream().mapToLong(Node::disordered).sum();
			case LEFT -> NodeEntrant.NodeApplication.LEFT.sum();
			case ServerMain.HEAP -> Memory.heapInUse();
			default -> throw new IllegalArgumentException(words[0]);
		};
	}

	private static long send(NodeSender sender, int bytes, long nanos, int rate) {
		return (rate > 0) ? sender.paced(bytes, nanos, rate) : sender.flatOut(bytes, nanos);
	}

	private static long known(Node node) {
		return node.server().presence().isCurrent() ? node.server().presence().size() : -1;
	}

}
