package dev.sockets.loop.stream;

import java.io.IOException;

import dev.sockets.loop.Registration;

/**
 * What an acceptor does about an outage: frees some descriptors, pauses, and tries again
 * until accepting works. The handler is told of the beginning and the end. Used on the
 * loop only.
 */
final class AcceptRecovery {

	private final Registration registration;

	private final AcceptInterest interest;

	private final AcceptHandler handler;

	private final SpareDescriptors spare = new SpareDescriptors();

	private final AcceptOutage outage = new AcceptOutage();

	AcceptRecovery(Registration registration, AcceptInterest interest, AcceptHandler handler) {
		this.registration = registration;
		this.interest = interest;
		this.handler = handler;
	}

	void open() throws IOException {
		this.spare.open();
	}

	void close() {
		this.spare.close();
	}

	/** A connection was accepted. */
	void accepted() {
		this.outage.accepted();
	}

	void backOff(IOException cause) {
		this.spare.release();
		boolean begins = this.outage.failed();
		schedule(this.outage.pause(), AcceptSignal.RETRY);
		this.interest.shut(ShutReason.OUTAGE);
		if (begins) {
			this.handler.acceptFailed(cause);
		}
	}

	void tryAgain() {
		try {
			this.spare.hold();
			long settling = this.outage.triedAgain(System.nanoTime());
			this.interest.open(ShutReason.OUTAGE);
			schedule(settling, AcceptSignal.SETTLED);
		}
		catch (IOException ex) {
			backOff(ex);
		}
		catch (OutOfMemoryError ex) {
			backOff(new IOException("There is no memory to accept connections", ex));
		}
	}

	/** Some time has passed since accepting was tried again. */
	void settle() {
		if (!this.interest.isShutFor(ShutReason.OUTAGE) && this.outage.end(System.nanoTime())) {
			this.handler.acceptRecovered();
		}
	}

	private void schedule(long delay, AcceptSignal signal) {
		this.registration.loop().schedule(delay, this.registration, signal.bit);
	}

}
