package dev.sockets.runtime;

/**
 * How far the life of an endpoint is, which it may live any number of times:
 *
 * <pre>
 * STOPPED  --start----------------&gt;  STARTING   the caller of start() opens it
 * STARTING --opened---------------&gt;  RUNNING    that it started is told, then it takes messages
 * STARTING --could not be opened--&gt;  STOPPED
 * RUNNING  --stop-----------------&gt;  STOPPING   what came in is handled, for the grace period at most
 * STOPPING --all was handled------&gt;  STOPPED    that it stopped is told
 * </pre>
 */
enum LifecycleState {

	STOPPED, STARTING, RUNNING, STOPPING

}
