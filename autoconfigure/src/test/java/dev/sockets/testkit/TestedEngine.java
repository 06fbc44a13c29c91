package dev.sockets.testkit;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.LoopEngine;
import dev.sockets.loop.MemoryBudget;

/**
 * Event loops on the engine that is tested: NIO, or with {@code -Dsockets.engine=native}
 * the native one. Applications of tests have the same, as a system property is one of the
 * application too.
 */
public final class TestedEngine {

	private static final LoopEngine ENGINE = isNative() ? LoopEngine.ofSystem() : LoopEngine.nio();

	private TestedEngine() {
	}

	public static boolean isNative() {
		return "native".equals(System.getProperty("sockets.engine"));
	}

	public static EventLoopGroup loops(int size) {
		return loops(size, MemoryBudget.ofHeap());
	}

	public static EventLoopGroup loops(int size, MemoryBudget memory) {
		return new EventLoopGroup(size, memory, ENGINE);
	}

}
