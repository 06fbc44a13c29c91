package dev.sockets.loop.stream;

/**
 * What a channel does after some time, on its event loop. A view, made when it is needed.
 */
public final class ChannelTimers {

	private final StreamChannel channel;

	ChannelTimers(StreamChannel channel) {
		this.channel = channel;
	}

	/**
	 * Pauses reading for a while because of what the peer has sent.
	 * @param nanos for how long
	 */
	public void pauseForRate(long nanos) {
		this.channel.pause(PauseReason.RATE);
		this.channel.port().signalLater(nanos, Signal.RATE_OVER);
	}

	/**
	 * Has {@link ChannelHandler#receivedBeforeSilence} called when the peer has been read
	 * for some time without a pause and has sent nothing. Called within
	 * {@link ChannelHandler#received}, when bytes are not consumed.
	 * @param nanos how long the silence has to be
	 */
	public void awaitSilence(long nanos) {
		this.channel.reader().silence().await(nanos);
	}

	/**
	 * Has deadlines looked at soon, as there may be a new one. Open to all threads.
	 */
	public void stir() {
		this.channel.port().registration().stir();
	}

	/**
	 * Has {@link ChannelHandler#resumed} called.
	 * @param nanos when
	 */
	public void callBackLater(long nanos) {
		this.channel.port().signalLater(nanos, Signal.RESUME);
	}

}
