package dev.sockets.runtime.backplane.frame;

/**
 * Something is to be done with connections of a server: what, the type of its frame says.
 *
 * @param server the server's name
 * @param request id of the request that is answered then; 0 for none
 * @param target the connections
 * @param group the group to join or leave; empty when it is about none
 */
public record Order(String server, long request, Target target, String group) {

	/**
	 * Reads what {@link #write} has written.
	 * @param in the body
	 * @return the order
	 * @throws MalformedFrameException when it is none
	 */
	public static Order read(BodyReader in) {
		return new Order(in.readText(), in.readLong(), Target.read(in), in.readText());
	}

	/** Returns the body. */
	public byte[] write() {
		BodyWriter out = new BodyWriter(64).putText(this.server).putLong(this.request);
		return this.target.write(out).putText(this.group).toByteArray();
	}

}
