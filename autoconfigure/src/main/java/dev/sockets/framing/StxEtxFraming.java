package dev.sockets.framing;

/**
 * STX starts a frame and ETX ends it.
 */
final class StxEtxFraming implements Framing {

	private static final byte STX = 0x02;

	private static final byte ETX = 0x03;

	private static final int OVERHEAD = 2;

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		if (array[start] != STX) {
			throw FrameFault.malformed(this, "bytes that do not start with STX (02)", window);
		}
		int frameStart = start + 1;
		int limit = Scan.limit(window, OVERHEAD);
		int etx = Scan.indexOf(array, ETX, window.scanned(), limit);
		if (etx >= 0) {
			window.frame(frameStart, etx, etx + 1);
			return true;
		}
		if (limit - frameStart > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame that is too long, without its ETX (03)", window);
		}
		window.scanned(limit);
		return false;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		for (int i = 0; i < payload.length; i++) {
			if (payload[i] == STX || payload[i] == ETX) {
				throw FrameFault.payloadRefused(this,
						"a payload with STX (02) or ETX (03) at index " + i
								+ ", as it would arrive as two messages: remove the byte, or use framing length4",
						payload);
			}
		}
		output.write(STX);
		output.write(payload);
		output.write(ETX);
	}

	@Override
	public String toString() {
		return "stx-etx";
	}

}
