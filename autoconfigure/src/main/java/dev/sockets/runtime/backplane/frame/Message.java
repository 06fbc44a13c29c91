package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A message to connections of a server.
 *
 * @param server the server's name
 * @param request id of the request that it answers when it has queued it; 0 for none
 * @param target whom it is for
 * @param except ids of those who are not to get it
 * @param bytes what is written to sockets
 */
public record Message(String server, long request, Target target, List<String> except, ByteBuffer bytes) {

	/**
	 * Reads what {@link #head} has written, and what follows it.
	 * @param in the body
	 * @return the message
	 * @throws MalformedFrameException when it is none
	 */
	public static Message read(BodyReader in) {
		return new Message(in.readText(), in.readLong(), Target.read(in), in.readAll(BodyReader::readText), in.rest());
	}

	/** Returns what comes before the bytes. */
	public byte[] head() {
		BodyWriter out = new BodyWriter(64).putText(this.server).putLong(this.request);
		return this.target.write(out).putAll(this.except, BodyWriter::putText).toByteArray();
	}

}
