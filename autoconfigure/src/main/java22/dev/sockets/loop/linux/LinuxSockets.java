package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.NativeSockets;

/**
 * Finds out which sockets of Linux work here: all, those that send without io_uring, or
 * none. Found by its name.
 */
public final class LinuxSockets implements NativeSockets {

	/** A system property for measuring: {@code true} does without io_uring. */
	private static final String SWITCH = "sockets.native.noring";

	private final AtomicBoolean told = new AtomicBoolean();

	private volatile @Nullable LinuxSelectorProvider provider;

	@Override
	public @Nullable String withoutAccess() {
		Module module = LinuxSockets.class.getModule();
		if (module.isNativeAccessEnabled()) {
			return null;
		}
		return module.isNamed() ? module.getName() : "ALL-UNNAMED";
	}

	@Override
	public SelectorProvider open() throws IOException {
		LinuxSelectorProvider plain = LinuxSelectorProvider.withoutRing("switched off by " + SWITCH);
		SelfTest.run(plain);
		LinuxSelectorProvider provider = Boolean.getBoolean(SWITCH) ? plain : withRing();
		this.provider = provider;
		return provider;
	}

	private LinuxSelectorProvider withRing() {
		LinuxSelectorProvider trial = new LinuxSelectorProvider((failure) -> {
		});
		try {
			SelfTest.run(trial);
		}
		catch (IOException ex) {
			return LinuxSelectorProvider.withoutRing(String.valueOf(ex.getMessage()));
		}
		String reason = trial.withoutRing();
		return (reason != null) ? LinuxSelectorProvider.withoutRing(reason)
				: new LinuxSelectorProvider(this::ringFailed);
	}

	/** Whatever the log throws, the event loop goes on. */
	private void ringFailed(String reason) {
		if (!this.told.compareAndSet(false, true)) {
			return;
		}
		try {
			System.getLogger(EventLoop.class.getName())
				.log(System.Logger.Level.WARNING,
						"Event loops send without io_uring from now on, as it has failed: " + reason);
		}
		catch (Throwable ex) {
			// Actuator tells of it too
		}
	}

	@Override
	public @Nullable String withoutRing() {
		LinuxSelectorProvider provider = this.provider;
		return (provider != null) ? provider.withoutRing() : null;
	}

}
