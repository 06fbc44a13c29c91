package dev.sockets.benchmarks.load;

/**
 * How many connections a load has, and how many messages each has in flight.
 *
 * @param connections the number of connections
 * @param depth messages in flight for each
 */
public record Shape(int connections, int depth) {

	/** Bytes of a message, its LF counted. */
	public static final int MESSAGE_BYTES = 64;

	private static final int MOST_DEPTH = 512;

	public Shape {
		if (connections < 1 || depth < 1 || depth > MOST_DEPTH) {
			throw new IllegalArgumentException("A load of " + connections + " connections, " + depth + " in flight");
		}
	}

	/**
	 * Reads a shape.
	 * @param text as {@code 64x16}
	 * @return the shape
	 */
	public static Shape parse(String text) {
		String[] parts = text.split("x", -1);
		return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
	}

	@Override
	public String toString() {
		return this.connections + "x" + this.depth;
	}

}
