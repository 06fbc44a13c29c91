package dev.sockets.loop.linux;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;

/**
 * What one thread works with while it calls the C library: where errno is kept, and some
 * memory.
 */
final class Scratch {

	/** How many bytes there is room for to copy. */
	static final int ROOM = 64 * 1024;

	private static final int SMALL = 256;

	private static final ArrayBlockingQueue<Scratch> UNUSED = new ArrayBlockingQueue<>(
			Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));

	/** Of threads that run event loops. They come and go, so it is little. */
	private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(() -> new Scratch(false));

	private final MemorySegment memory = Memory.allocate(SMALL);

	private final boolean shared;

	private @Nullable MemorySegment room;

	/** Gets errno. */
	final MemorySegment state = Memory.allocate(LibC.STATE.byteSize());

	/** Where there is room for a socket's address, an option or an event. */
	final long small = this.memory.address();

	private Scratch(boolean shared) {
		this.shared = shared;
	}

	/** Makes one for something that works with it as long as it lives. */
	static Scratch own() {
		return new Scratch(false);
	}

	/** Calls a function with memory that no other thread uses meanwhile. */
	static int with(ToIntFunction<Scratch> call) {
		Scratch scratch = take();
		try {
			return call.applyAsInt(scratch);
		}
		finally {
			scratch.giveBack();
		}
	}

	/**
	 * Takes one, to be {@linkplain #giveBack() given back} by the same thread, which
	 * takes no other meanwhile.
	 */
	static Scratch take() {
		return EventLoop.isLoopThread() ? OWN.get() : takeShared();
	}

	private static Scratch takeShared() {
		Scratch scratch = UNUSED.poll();
		return (scratch != null) ? scratch : new Scratch(true);
	}

	/** As {@link #take()}, for one with room to copy. */
	static Scratch takeRoomy() {
		return takeShared();
	}

	/**
	 * Returns where there is {@link #ROOM}. Only for those that were
	 * {@linkplain #takeRoomy() taken so}.
	 */
	long room() {
		MemorySegment room = this.room;
		if (room == null) {
			room = Memory.allocate(ROOM);
			this.room = room;
		}
		return room.address();
	}

	void giveBack() {
		if (this.shared) {
			UNUSED.offer(this);
		}
	}

}
