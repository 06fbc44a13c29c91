package dev.sockets.benchmarks.server;

/**
 * What a contestant needs that not every machine has.
 */
public enum Need {

	/** A compiler of C. */
	GCC,

	/** A JVM with virtual threads. */
	VIRTUAL_THREADS,

	/** A JVM and a machine on which our native engine works. */
	NATIVE_ENGINE,

	/** A kernel with io_uring, and Netty's library for it. */
	IO_URING,

	/** Netty's library with OpenSSL. */
	OPEN_SSL,

	/** The program {@code redis-server}, and the libraries of its clients. */
	REDIS,

	/** The file of {@link ServerKeys}. */
	KEYS

}
