package dev.sockets.loop.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * The functions of the C library that sockets need. Those that fail return minus errno.
 * Pointers are addresses.
 */
final class LibC {

	static final StructLayout STATE = Linker.Option.captureStateLayout();

	private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

	private static final Linker LINKER = Linker.nativeLinker();

	private static final MethodHandle SYSCALL = handle("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
			JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), Linker.Option.firstVariadicArg(1));

	private static final MethodHandle MMAP = handle("mmap",
			FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));

	private static final MethodHandle MUNMAP = handle("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

	private static final FunctionDescriptor TWO = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);

	private static final FunctionDescriptor ADDRESS_IN = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);

	private static final FunctionDescriptor ADDRESS_OUT = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG,
			JAVA_LONG);

	private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG,
			JAVA_INT);

	private static final MethodHandle SOCKET = handle("socket",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

	private static final MethodHandle BIND = handle("bind", ADDRESS_IN);

	private static final MethodHandle CONNECT = handle("connect", ADDRESS_IN);

	private static final MethodHandle LISTEN = handle("listen", TWO);

	private static final MethodHandle SHUTDOWN = handle("shutdown", TWO);

	private static final MethodHandle GETSOCKNAME = handle("getsockname", ADDRESS_OUT);

	private static final MethodHandle GETPEERNAME = handle("getpeername", ADDRESS_OUT);

	private static final MethodHandle ACCEPT4 = handle("accept4",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

	private static final MethodHandle SETSOCKOPT = handle("setsockopt",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));

	private static final MethodHandle GETSOCKOPT = handle("getsockopt",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

	private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

	private static final MethodHandle EVENTFD = handle("eventfd", TWO);

	private static final MethodHandle EVENTFD_WRITE = handle("eventfd_write",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

	private static final MethodHandle EVENTFD_READ = handle("eventfd_read",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

	private static final MethodHandle EPOLL_CREATE = handle("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

	private static final MethodHandle EPOLL_CTL = handle("epoll_ctl",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));

	private static final MethodHandle EPOLL_WAIT = handle("epoll_wait",
			FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));

	private static final MethodHandle RECV = handle("recv", TRANSFER);

	private static final MethodHandle SEND = handle("send", TRANSFER);

	private static final MethodHandle STRERROR = handle("strerror", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));

	private LibC() {
	}

	@SuppressWarnings("restricted")
	private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
		Linker.Option[] all = new Linker.Option[options.length + 1];
		System.arraycopy(options, 0, all, 0, options.length);
		all[options.length] = Linker.Option.captureCallState("errno");
		return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, all);
	}

	private static Error unexpected(Throwable failure) {
		return (failure instanceof Error error) ? error : new AssertionError(failure);
	}

	private static int result(int result, MemorySegment state) {
		return (result >= 0) ? result : -(int) ERRNO.get(state, 0L);
	}

	private static long result(long result, MemorySegment state) {
		return (result >= 0) ? result : -(int) ERRNO.get(state, 0L);
	}

	static long syscall(MemorySegment state, long number, long a, long b, long c, long d) {
		try {
			return result((long) SYSCALL.invokeExact(state, number, a, b, c, d, 0L, 0L), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/** Maps a ring of the kernel for reading and writing. */
	static long map(MemorySegment state, long size, int descriptor, long offset) {
		try {
			return result((long) MMAP.invokeExact(state, 0L, size, 3, 0x8001, descriptor, offset), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int unmap(MemorySegment state, long address, long size) {
		try {
			return result((int) MUNMAP.invokeExact(state, address, size), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int socket(MemorySegment state, int family, int type) {
		try {
			return result((int) SOCKET.invokeExact(state, family, type, 0), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int bind(MemorySegment state, int descriptor, long address, int length) {
		try {
			return result((int) BIND.invokeExact(state, descriptor, address, length), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int connect(MemorySegment state, int descriptor, long address, int length) {
		try {
			return result((int) CONNECT.invokeExact(state, descriptor, address, length), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int listen(MemorySegment state, int descriptor, int backlog) {
		try {
			return result((int) LISTEN.invokeExact(state, descriptor, backlog), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int accept(MemorySegment state, int descriptor, long address, long length, int flags) {
		try {
			return result((int) ACCEPT4.invokeExact(state, descriptor, address, length, flags), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int shutdown(MemorySegment state, int descriptor, int how) {
		try {
			return result((int) SHUTDOWN.invokeExact(state, descriptor, how), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int name(MemorySegment state, boolean peer, int descriptor, long address, long length) {
		try {
			return result(peer ? (int) GETPEERNAME.invokeExact(state, descriptor, address, length)
					: (int) GETSOCKNAME.invokeExact(state, descriptor, address, length), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int setOption(MemorySegment state, int descriptor, int level, int name, long value, int length) {
		try {
			return result((int) SETSOCKOPT.invokeExact(state, descriptor, level, name, value, length), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int getOption(MemorySegment state, int descriptor, int level, int name, long value, long length) {
		try {
			return result((int) GETSOCKOPT.invokeExact(state, descriptor, level, name, value, length), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int close(MemorySegment state, int descriptor) {
		try {
			return result((int) CLOSE.invokeExact(state, descriptor), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int eventfd(MemorySegment state, int flags) {
		try {
			return result((int) EVENTFD.invokeExact(state, 0, flags), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int eventfdWrite(MemorySegment state, int descriptor) {
		try {
			return result((int) EVENTFD_WRITE.invokeExact(state, descriptor, 1L), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int eventfdRead(MemorySegment state, int descriptor, long value) {
		try {
			return result((int) EVENTFD_READ.invokeExact(state, descriptor, value), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int epollCreate(MemorySegment state, int flags) {
		try {
			return result((int) EPOLL_CREATE.invokeExact(state, flags), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int epollControl(MemorySegment state, int epoll, int operation, int descriptor, long event) {
		try {
			return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, descriptor, event), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int epollWait(MemorySegment state, int epoll, long events, int count, int timeout) {
		try {
			return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, count, timeout), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int receive(MemorySegment state, int descriptor, long address, int length) {
		try {
			return (int) result((long) RECV.invokeExact(state, descriptor, address, (long) length, 0), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	static int send(MemorySegment state, int descriptor, long address, int length) {
		try {
			return (int) result(
					(long) SEND.invokeExact(state, descriptor, address, (long) length, Constants.MSG_NOSIGNAL), state);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	/** Returns what the system says of an errno. */
	static String describe(int errno) {
		Scratch scratch = Scratch.take();
		try {
			return Memory.getText((long) STRERROR.invokeExact(scratch.state, errno));
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
		finally {
			scratch.giveBack();
		}
	}

}
