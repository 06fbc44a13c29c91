package dev.sockets.autoconfigure.diagnostics;

/**
 * What was set to carry messages between nodes cannot, as a library is missing.
 */
public final class AbsentEngineException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String starter;

	/**
	 * Creates an exception.
	 * @param type the type of engine that was set
	 * @param missing the class that is not there
	 * @param starter the starter of Spring Boot that has it
	 */
	public AbsentEngineException(String type, String missing, String starter) {
		super("'sockets.backplane.type: %s' needs the class %s, which is not on the class path".formatted(type,
				missing));
		this.starter = starter;
	}

	String getStarter() {
		return this.starter;
	}

}
