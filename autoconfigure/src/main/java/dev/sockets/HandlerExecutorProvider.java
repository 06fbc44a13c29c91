package dev.sockets;

import java.util.concurrent.Executor;

/**
 * Says what runs the handlers of TCP endpoints that the event loops don't run. A bean of
 * this type replaces the threads that there are for them otherwise. Nothing else runs on
 * these: accepting, connecting and timeouts go on however long handlers take.
 *
 * <p>
 * It is no {@link Executor} itself, so it keeps none of Spring Boot's away.
 */
@FunctionalInterface
public interface HandlerExecutorProvider {

	/**
	 * Returns what runs the handlers of an endpoint. Asked by each endpoint whenever it
	 * starts, on the thread that starts it.
	 * @param endpoint the endpoint's name
	 * @return what runs them, for this endpoint alone or for several; whoever has made it
	 * ends it
	 */
	Executor getExecutor(String endpoint);

}
