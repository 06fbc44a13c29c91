package dev.sockets.loop;

import java.nio.channels.spi.SelectorProvider;

import org.jspecify.annotations.Nullable;

/**
 * What event loops get the readiness of stream sockets from, and the sockets themselves:
 * NIO of the JDK, or the native engine of Linux. Thread-safe.
 */
public final class LoopEngine {

	private static final LoopEngine NIO = new LoopEngine(SelectorProvider.provider(), null, null);

	private final SelectorProvider provider;

	private final @Nullable NativeSockets sockets;

	private final @Nullable UnfitEngineException unfit;

	LoopEngine(SelectorProvider provider, @Nullable NativeSockets sockets, @Nullable UnfitEngineException unfit) {
		this.provider = provider;
		this.sockets = sockets;
		this.unfit = unfit;
	}

	/** Returns NIO of the JDK. */
	public static LoopEngine nio() {
		return NIO;
	}

	/**
	 * Returns the native engine, tried out: which takes half a second the first time,
	 * mostly.
	 * @return the engine
	 * @throws UnfitEngineException when it does not work here
	 */
	public static LoopEngine ofSystem() {
		return Machine.present().openNative();
	}

	/**
	 * Returns the native engine where it works and native access is granted, else NIO,
	 * which {@linkplain #unfit() says} why.
	 * @return the engine
	 */
	public static LoopEngine automatic() {
		return automatic(Machine.present());
	}

	static LoopEngine automatic(Machine machine) {
		try {
			return machine.openNative();
		}
		catch (UnfitEngineException ex) {
			return new LoopEngine(NIO.provider, null, ex);
		}
	}

	/** Returns {@code nio} or {@code native}. */
	public String name() {
		return (this.sockets != null) ? "native" : "nio";
	}

	/**
	 * Returns what to tell about it.
	 * @return the name and, in brackets, how it works, or why it is not the other one
	 */
	public String description() {
		if (this.sockets != null) {
			String withoutRing = this.sockets.withoutRing();
			return "native (epoll" + ((withoutRing != null) ? " without io_uring: " + withoutRing : ", io_uring") + ")";
		}
		return (this.unfit != null) ? "nio (not native: " + this.unfit.getMessage() + ")" : "nio";
	}

	/**
	 * Returns why it is not the native one although that was to be tried.
	 * @return what is missing; {@code null} when it is, or nobody has asked for it
	 */
	public @Nullable UnfitEngineException unfit() {
		return this.unfit;
	}

	/** Returns what opens selectors and stream sockets. */
	public SelectorProvider provider() {
		return this.provider;
	}

}
