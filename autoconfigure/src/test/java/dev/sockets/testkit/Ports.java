package dev.sockets.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for tests that need one on which nobody listens yet, or any more. Unlike a port
 * of {@code new ServerSocket(0)} that was closed, they are none that the system gives to
 * others meanwhile, as they are below those it chooses from.
 */
public final class Ports {

	private static final int FIRST = 20_000;

	private static final int COUNT = 12_000;

	/** Tests that run in other processes begin elsewhere. */
	private static final AtomicInteger next = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

	private Ports() {
	}

	/**
	 * Returns a port that no other call of this JVM returns for long.
	 * @return a port on which nobody listens, on any address
	 */
	public static int free() {
		while (true) {
			int port = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
			try (ServerSocket socket = new ServerSocket(port)) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// somebody listens there
			}
		}
	}

}
