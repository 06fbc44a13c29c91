package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs out of descriptors in a process of its own that is given few. Prints how many were
 * left to the application, and whether the spare ones could be held.
 */
final class ScarceDescriptors {

	private static final int TRIES = 5;

	private static final long PAUSE_NANOS = 20_000_000;

	private static final Deque<SocketChannel> crowd = new ArrayDeque<>();

	private ScarceDescriptors() {
	}

	public static void main(String[] args) throws IOException {
		SpareDescriptors spare = new SpareDescriptors();
		spare.open();
		countFree();
		takeAll();
		spare.release();
		boolean heldWithoutRelief = holds(spare);
		int freeWithoutRelief = countFree();
		crowd.remove().close();
		boolean heldWithRelief = holds(spare);
		int freeWithRelief = countFree();
		while (!crowd.isEmpty()) {
			crowd.remove().close();
		}
		System.out.println("without relief: held " + heldWithoutRelief + ", free " + freeWithoutRelief);
		System.out.println("with relief: held " + heldWithRelief + ", free " + freeWithRelief);
	}

	/** The JVM itself uses one now and then, for a moment. */
	private static boolean holds(SpareDescriptors spare) {
		for (int i = 0; i < TRIES; i++) {
			try {
				spare.hold();
				return true;
			}
			catch (IOException ex) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
		return false;
	}

	private static int countFree() throws IOException {
		int before = crowd.size();
		takeAll();
		int free = crowd.size() - before;
		while (crowd.size() > before) {
			crowd.removeLast().close();
		}
		return free;
	}

	private static void takeAll() {
		for (int i = 0; i < TRIES; i++) {
			try {
				while (true) {
					crowd.add(SocketChannel.open());
				}
			}
			catch (IOException ex) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

}
