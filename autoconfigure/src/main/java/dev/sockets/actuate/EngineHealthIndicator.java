package dev.sockets.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.sockets.loop.EventLoopGroup;

/**
 * The health of what all endpoints run on: down while a thread is missing that should run
 * an event loop, or watch over them.
 */
final class EngineHealthIndicator extends AbstractHealthIndicator {

	private final EventLoopGroup loops;

	EngineHealthIndicator(EventLoopGroup loops) {
		this.loops = loops;
	}

	boolean isDown() {
		return this.loops.dead() > 0;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		int dead = this.loops.dead();
		builder.status((dead > 0) ? Status.DOWN : Status.UP)
			.withDetail("memoryUsed", this.loops.memory().used())
			.withDetail("memoryMax", this.loops.memory().max());
		if (dead > 0) {
			builder.withDetail("missingThreads", dead);
		}
	}

}
