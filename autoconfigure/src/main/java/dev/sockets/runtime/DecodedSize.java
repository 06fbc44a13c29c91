package dev.sockets.runtime;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * How much memory payloads of a codec take while they wait. Texts and bytes take about
 * what was received, but each byte of other codecs may make an object: so what the thread
 * allocates while it decodes counts for them, which is what they take and what making
 * them took. Where the JVM does not tell, and for short ones, they count more than usual
 * ones take. Used by any thread.
 */
public final class DecodedSize {

	private static final Set<Class<?>> PLAIN = Set.of(Codecs.bytes().getClass(),
			Codecs.text(StandardCharsets.UTF_8).getClass());

	private static final DecodedSize AS_RECEIVED = new DecodedSize(false);

	private static final DecodedSize AS_ALLOCATED = new DecodedSize(true);

	private static final long NOT_MEASURED = -1;

	/** To measure more often would take longer than to decode. */
	private static final int SHORT = 128;

	private static final long UNMEASURED_PER_BYTE = 32;

	/** What is more was no payload, but classes that were loaded for it, for example. */
	private static final long MOST_PER_BYTE = 256;

	private final boolean measured;

	private DecodedSize(boolean measured) {
		this.measured = measured;
	}

	/**
	 * Returns how to find out about a codec.
	 * @param codec the codec
	 */
	public static DecodedSize of(Codec codec) {
		return PLAIN.contains(codec.getClass()) ? AS_RECEIVED : AS_ALLOCATED;
	}

	/**
	 * A payload is about to be decoded by the calling thread.
	 * @param length how many bytes it was received as
	 * @return to be given to {@link #end}
	 */
	public long begin(int length) {
		return (this.measured && length > SHORT) ? Allocations.now() : NOT_MEASURED;
	}

	/**
	 * The payload is decoded, or cannot be.
	 * @param begun what {@link #begin} has returned
	 * @param length how many bytes it was received as
	 * @return how many bytes of memory it takes, more or less
	 */
	public long end(long begun, int length) {
		if (!this.measured) {
			return length;
		}
		long now = (begun != NOT_MEASURED) ? Allocations.now() : NOT_MEASURED;
		return (now != NOT_MEASURED) ? Math.min(Math.max(now - begun, length), MOST_PER_BYTE * length)
				: UNMEASURED_PER_BYTE * length;
	}

	/** Loaded when it is needed, as not every runtime has this. */
	private static final class Allocations {

		private static final com.sun.management.@Nullable ThreadMXBean THREADS = threads();

		private static com.sun.management.@Nullable ThreadMXBean threads() {
			try {
				return (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
						&& threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled())
								? threads : null;
			}
			catch (LinkageError | RuntimeException ex) {
				return null;
			}
		}

		/** Returns how much the calling thread has allocated, if that is known. */
		static long now() {
			return (THREADS != null) ? THREADS.getCurrentThreadAllocatedBytes() : NOT_MEASURED;
		}

	}

}
