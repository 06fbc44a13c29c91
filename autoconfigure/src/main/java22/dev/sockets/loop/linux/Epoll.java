package dev.sockets.loop.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * An epoll that tells of descriptors, each with the generation that its number was
 * watched with, and an eventfd that ends its waiting. Used by one thread at a time, but
 * for {@link #wakeUp()}.
 */
final class Epoll {

	/** Of the eventfd. */
	static final int WAKE_UP = 0;

	private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

	private static final int DATA = PACKED ? 4 : 8;

	private static final int EVENT = DATA + 8;

	/** How many are told of at a time. */
	private static final int MOST = 1024;

	private final Scratch scratch = Scratch.own();

	private final MemorySegment memory = Memory.allocate((long) EVENT * MOST);

	private final long events = this.memory.address();

	private final int descriptor;

	private final int eventfd;

	Epoll() throws IOException {
		this.descriptor = Failures.check(LibC.epollCreate(this.scratch.state, Constants.CLOEXEC));
		this.eventfd = LibC.eventfd(this.scratch.state, Constants.NONBLOCK_CLOEXEC);
		int result = (this.eventfd < 0) ? this.eventfd
				: control(Constants.EPOLL_ADD, this.eventfd, Constants.EPOLLIN, WAKE_UP);
		if (result < 0) {
			close();
			throw Failures.of(-result);
		}
	}

	/**
	 * Changes what is looked for.
	 * @param operation to add, to modify or to delete
	 * @param number the descriptor, which nobody may close meanwhile
	 * @param events what to look for
	 * @param generation told with the events
	 * @return minus errno when it has failed
	 */
	int control(int operation, int number, int events, int generation) {
		long event = this.scratch.small;
		Memory.putInt(event, events);
		Memory.putInt(event + DATA, number);
		Memory.putInt(event + DATA + 4, generation);
		return LibC.epollControl(this.scratch.state, this.descriptor, operation, number, event);
	}

	/**
	 * Waits for events.
	 * @param timeout in milliseconds; negative for no end
	 * @return how many there are to ask for until the next time
	 * @throws IOException when that has failed
	 */
	int await(int timeout) throws IOException {
		return Failures.blocked(LibC.epollWait(this.scratch.state, this.descriptor, this.events, MOST, timeout));
	}

	int events(int index) {
		return Memory.getInt(event(index));
	}

	int number(int index) {
		return Memory.getInt(event(index) + DATA);
	}

	int generation(int index) {
		return Memory.getInt(event(index) + DATA + 4);
	}

	private long event(int index) {
		return this.events + (long) EVENT * index;
	}

	/** Ends the waiting, or the next one. */
	void wakeUp() {
		Scratch.with((scratch) -> LibC.eventfdWrite(scratch.state, this.eventfd));
	}

	/** Forgets that it was woken up. */
	void wokenUp() {
		LibC.eventfdRead(this.scratch.state, this.eventfd, this.scratch.small);
	}

	void close() {
		if (this.eventfd >= 0) {
			LibC.close(this.scratch.state, this.eventfd);
		}
		LibC.close(this.scratch.state, this.descriptor);
	}

}
