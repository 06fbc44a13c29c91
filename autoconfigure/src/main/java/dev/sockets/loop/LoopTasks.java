package dev.sockets.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Has an event loop run tasks that are expected to be short, in their order, after what
 * it is serving. When one takes long after all, another thread goes on with the loop, and
 * until the task has ended those behind it are run elsewhere. Open to all threads.
 */
public final class LoopTasks implements Selectable, Executor {

	private static final int RUN = 2;

	private static final int MOST = 1024;

	private final Registration registration;

	private final Executor elsewhere;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Whether a thread is late in a task. */
	private volatile boolean held;

	/**
	 * Creates a queue.
	 * @param loop runs the tasks
	 * @param elsewhere runs them while one takes long; does not throw
	 */
	public LoopTasks(EventLoop loop, Executor elsewhere) {
		this.registration = new Registration(loop, this);
		this.elsewhere = elsewhere;
	}

	/**
	 * Has a task run.
	 * @param task the task
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		try {
			this.registration.signal(this.held ? Registration.URGENT : RUN);
		}
		catch (Throwable ex) {
			if (this.tasks.remove(task)) {
				throw ex;
			}
		}
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		for (int i = 0; i < MOST; i++) {
			Runnable task = this.tasks.poll();
			if (task == null) {
				return;
			}
			if (this.held) {
				this.elsewhere.execute(task);
			}
			else if (!isInTime(task, runner)) {
				return;
			}
		}
		this.registration.signal(this.held ? Registration.URGENT : RUN);
	}

	private boolean isInTime(Runnable task, LoopRunner runner) {
		runner.beginHandling();
		try {
			task.run();
		}
		catch (Throwable ex) {
			runner.fail(ex);
		}
		Thread.interrupted();
		return runner.endHandling();
	}

	@Override
	public void held() {
		this.held = true;
		this.registration.signal(Registration.URGENT);
	}

	@Override
	public void released() {
		this.held = false;
	}

	/** Only tasks are guarded, by {@link LoopRunner#beginHandling()}. */
	@Override
	public boolean guarded() {
		return false;
	}

}
