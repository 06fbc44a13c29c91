package dev.sockets.framing;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * A silence ends a frame, and so does the end of the peer's side.
 */
final class IdleGapFraming implements Framing {

	private final Duration gap;

	IdleGapFraming(Duration gap) {
		Assert.isTrue(!gap.isNegative() && !gap.isZero(), "The gap has to be a positive duration");
		this.gap = gap;
	}

	@Override
	public Duration gap() {
		return this.gap;
	}

	@Override
	public boolean next(FrameWindow window) {
		if (window.end() - window.start() > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame that is too long, without a silence", window);
		}
		window.scanned(window.end());
		return false;
	}

	@Override
	public boolean end(FrameWindow window) {
		window.frame(window.start(), window.end(), window.end());
		return true;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (payload.length == 0) {
			throw FrameFault.payloadRefused(this, "an empty payload, as it would not arrive: send at least one byte",
					payload);
		}
		output.write(payload);
	}

	@Override
	public String toString() {
		return "idle-gap " + this.gap.toMillis() + "ms";
	}

}
