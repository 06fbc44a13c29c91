package dev.sockets.runtime;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.sockets.testkit.OwnThread;

/**
 * Steps that are written down, and do what a test wants.
 */
final class TestSteps implements LifecycleSteps, LifecycleWork {

	final Queue<String> taken = new ConcurrentLinkedQueue<>();

	final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	final Map<String, Action> actions = new ConcurrentHashMap<>();

	volatile CompletableFuture<Void> handled = CompletableFuture.completedFuture(null);

	volatile boolean later;

	volatile Thread calling;

	void on(String step, Action action) {
		this.actions.put(step, action);
	}

	private void take(String step) {
		this.taken.add(step);
		act(step);
	}

	private void act(String step) {
		try {
			this.actions.getOrDefault(step, () -> {
			}).run();
		}
		catch (Throwable ex) {
			this.failures.add(ex);
			sneakyThrow(ex);
		}
	}

	@Override
	public void acquire() {
		take("acquire");
	}

	@Override
	public void open() {
		take("open");
	}

	@Override
	public void opened() {
		take("opened");
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		take("beginClosing");
		return this.later ? OwnThread.run(Thread::yield) : CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> whenHandled() {
		act("whenHandled");
		return this.handled.copy();
	}

	@Override
	public void cutOff() {
		take("cutOff");
	}

	@Override
	public void closed() {
		take("closed");
	}

	@Override
	public void release() {
		take("release");
	}

	@Override
	public boolean mayBeCalling() {
		return this.calling == Thread.currentThread();
	}

	@Override
	public String toString() {
		return "The endpoint";
	}

	@SuppressWarnings("unchecked")
	static <T extends Throwable> void sneakyThrow(Throwable failure) throws T {
		throw (T) failure;
	}

	interface Action {

		void run() throws Throwable;

	}

}
