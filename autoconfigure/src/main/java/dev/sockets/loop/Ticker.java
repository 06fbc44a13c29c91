package dev.sockets.loop;

/**
 * Lets everything that an event loop watches look at its deadlines, from time to time. It
 * is itself watched like a channel, so that a deadline whose handling blocks is taken
 * over too; another ticker looks at the others from then on.
 */
final class Ticker implements Selectable {

	static final int TICK = 2;

	private final LoopTicks ticks;

	Ticker(LoopTicks ticks) {
		this.ticks = ticks;
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		this.ticks.tick(runner.selectedAt());
	}

	@Override
	public void held() {
		this.ticks.renewTicker();
	}

	@Override
	public boolean guarded() {
		return true;
	}

}
