package dev.sockets.runtime;

import java.util.List;
import java.util.Map;

import dev.sockets.Failure;
import dev.sockets.Inbox;
import dev.sockets.SocketEndpoint;

/**
 * An endpoint that has an {@link EndpointCore}, and answers from it what endpoints of all
 * kinds are asked.
 */
public interface RuntimeEndpoint extends SocketEndpoint {

	/**
	 * Returns what endpoints of all kinds have.
	 * @return always the same object
	 */
	EndpointCore core();

	@Override
	default String getName() {
		return core().name();
	}

	@Override
	default Map<String, Object> getUserData() {
		return core().settings().userData();
	}

	@Override
	default Inbox inbox() {
		return core().events().inbox();
	}

	@Override
	default List<Failure> recentFailures() {
		return core().events().failures().all();
	}

	@Override
	default List<Failure> drainFailures() {
		return core().events().failures().drain();
	}

	@Override
	default void clearFailures() {
		core().events().failures().clear();
	}

	@Override
	default boolean isAutoStartup() {
		return core().settings().autoStartup();
	}

	@Override
	default boolean isHealthRequired() {
		return core().settings().healthRequired();
	}

	@Override
	default int getPhase() {
		return core().phase();
	}

	@Override
	default boolean isRunning() {
		return core().lifecycle().isRunning();
	}

	@Override
	default void start() {
		core().lifecycle().start();
	}

	@Override
	default void stop() {
		core().lifecycle().stop();
	}

	@Override
	default void stop(Runnable callback) {
		core().lifecycle().beginStop().whenComplete((result, failure) -> callback.run());
	}

}
