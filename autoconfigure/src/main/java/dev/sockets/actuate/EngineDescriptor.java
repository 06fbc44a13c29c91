package dev.sockets.actuate;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.LoopEngine;
import dev.sockets.loop.UnfitEngineException;

/**
 * What event loops get their sockets from.
 *
 * @param name {@code nio} or {@code native}
 * @param description how it works
 * @param notNative why it is not the native one although that was to be tried;
 * {@code null} when it is, or nobody has asked for it
 */
public record EngineDescriptor(String name, String description, @Nullable String notNative) {

	static EngineDescriptor of(LoopEngine engine) {
		UnfitEngineException unfit = engine.unfit();
		return new EngineDescriptor(engine.name(), engine.description(), (unfit != null) ? unfit.getMessage() : null);
	}

}
