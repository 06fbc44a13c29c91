package dev.sockets.autoconfigure.binding;

/**
 * Two entries have the same name, which has to be that of one bean.
 */
public class DuplicateEndpointException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String first;

	private final String second;

	DuplicateEndpointException(String first, String second) {
		super("'%s' and '%s' have the same name".formatted(first, second));
		this.first = first;
		this.second = second;
	}

	public String getFirst() {
		return this.first;
	}

	public String getSecond() {
		return this.second;
	}

}
