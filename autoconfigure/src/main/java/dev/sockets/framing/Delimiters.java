package dev.sockets.framing;

import java.util.List;

import org.springframework.util.Assert;

import dev.sockets.InvalidSettingException;

/**
 * What ends frames, and what becomes of it.
 *
 * @param delimiters sequences of bytes, each of which ends a frame; the first one is
 * sent. Of two at one place it is the longer one, also when its rest comes later
 * @param kept whether they are a part of payloads
 * @param skipEmpty whether a frame without a byte is none
 * @param deliverRest whether what the peer has sent before it ended its side is a frame,
 * though nothing ends it
 * @param begin sequences of bytes, one of which is at the start of each payload, and none
 * anywhere else: what comes before one of them without a delimiter is a frame that its
 * peer has not finished, one without them is malformed, and one without a byte is none.
 * Empty when payloads may begin with anything
 */
public record Delimiters(List<byte[]> delimiters, boolean kept, boolean skipEmpty, boolean deliverRest,
		List<byte[]> begin) {

	/**
	 * Checks the values.
	 */
	public Delimiters {
		Assert.isTrue(!kept || !new Marks(delimiters).areNested(),
				"One delimiter begins with another: they cannot be kept, as nobody knows which one it is to be");
		Marks ends = new Marks(delimiters);
		for (byte[] mark : begin) {
			if (ends.length(mark, 0, mark.length) > 0) {
				throw new InvalidSettingException("framing-options.begin", WireText.of(mark),
						"bytes that do not begin with a delimiter, as nothing could begin a message then");
			}
		}
	}

	/**
	 * Creates delimiters of frames that may have all other bytes anywhere.
	 * @param delimiters sequences of bytes, each of which ends a frame; the first one is
	 * sent
	 * @param kept whether they are a part of payloads
	 * @param skipEmpty whether a frame without a byte is none
	 * @param deliverRest whether what the peer has sent before it ended its side is a
	 * frame, though nothing ends it
	 */
	public Delimiters(List<byte[]> delimiters, boolean kept, boolean skipEmpty, boolean deliverRest) {
		this(delimiters, kept, skipEmpty, deliverRest, List.of());
	}

	/**
	 * Returns delimiters that are dropped.
	 * @param delimiters the delimiters, the one that is sent first
	 * @return the same, without anything else
	 */
	public static Delimiters of(byte[]... delimiters) {
		return new Delimiters(List.of(delimiters), false, false, false);
	}

}
