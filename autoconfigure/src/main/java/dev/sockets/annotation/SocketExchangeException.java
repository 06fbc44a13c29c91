package dev.sockets.annotation;

/**
 * A {@link SocketExchange} interface cannot be a client.
 */
public class SocketExchangeException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String type;

	private final String reason;

	SocketExchangeException(Class<?> type, String reason, Throwable cause) {
		super("There is no bean for the interface " + type.getName() + ": " + reason, cause);
		this.type = type.getName();
		this.reason = reason;
	}

	/**
	 * Returns which interface it is.
	 * @return its class name
	 */
	public String getType() {
		return this.type;
	}

	/**
	 * Returns why it cannot be a client.
	 * @return a sentence without a capital and a full stop
	 */
	public String getReason() {
		return this.reason;
	}

}
