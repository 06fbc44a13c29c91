package dev.sockets.loop.linux;

/**
 * Numbers of Linux, on x86-64 and aarch64.
 */
final class Constants {

	static final int ENOENT = 2;

	static final int EINTR = 4;

	static final int EAGAIN = 11;

	static final int ENOMEM = 12;

	static final int EACCES = 13;

	static final int EEXIST = 17;

	static final int EINVAL = 22;

	static final int ENFILE = 23;

	static final int EMFILE = 24;

	static final int EPIPE = 32;

	static final int EPROTO = 71;

	static final int EADDRINUSE = 98;

	static final int EADDRNOTAVAIL = 99;

	static final int ECONNABORTED = 103;

	static final int ECONNRESET = 104;

	static final int ENOTCONN = 107;

	static final int ETIMEDOUT = 110;

	static final int ECONNREFUSED = 111;

	static final int EHOSTUNREACH = 113;

	static final int EINPROGRESS = 115;

	static final int AF_UNIX = 1;

	static final int AF_INET = 2;

	static final int AF_INET6 = 10;

	private static final int SOCK_STREAM = 1;

	private static final int O_NONBLOCK = 0x800;

	private static final int O_CLOEXEC = 0x80000;

	/** A stream that does not block and that no child process gets. */
	static final int STREAM = SOCK_STREAM | O_NONBLOCK | O_CLOEXEC;

	static final int NONBLOCK_CLOEXEC = O_NONBLOCK | O_CLOEXEC;

	static final int CLOEXEC = O_CLOEXEC;

	static final int MSG_NOSIGNAL = 0x4000;

	static final int MSG_DONTWAIT = 0x40;

	static final int MSG_WAITALL = 0x100;

	static final int SHUT_RD = 0;

	static final int SHUT_WR = 1;

	static final int EPOLL_ADD = 1;

	static final int EPOLL_DELETE = 2;

	static final int EPOLL_MODIFY = 3;

	static final int EPOLLIN = 1;

	static final int EPOLLOUT = 4;

	static final int EPOLLERR = 8;

	static final int EPOLLHUP = 16;

	private Constants() {
	}

}
