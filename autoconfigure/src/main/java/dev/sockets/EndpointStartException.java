package dev.sockets;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint could not start: its address is in use, or could not be bound.
 */
public class EndpointStartException extends SocketOperationException {

	private static final long serialVersionUID = 1L;

	private final String path;

	private final String property;

	private final InetSocketAddress address;

	/**
	 * Creates an exception.
	 * @param code {@link SocketErrorCode#ADDRESS_IN_USE} or
	 * {@link SocketErrorCode#BIND_FAILED}
	 * @param path the property path of the endpoint, such as
	 * {@code sockets.tcp.server.echo}
	 * @param address the address that could not be bound
	 * @param cause what led to it
	 */
	public EndpointStartException(SocketErrorCode code, String path, InetSocketAddress address,
			@Nullable Throwable cause) {
		this(code, path, address, "port", cause);
	}

	/**
	 * Creates an exception.
	 * @param code {@link SocketErrorCode#ADDRESS_IN_USE} or
	 * {@link SocketErrorCode#BIND_FAILED}
	 * @param path the property path of the endpoint
	 * @param address the address that could not be bound
	 * @param key the key below the path that has its port or path
	 * @param cause what led to it
	 */
	public EndpointStartException(SocketErrorCode code, String path, InetSocketAddress address, String key,
			@Nullable Throwable cause) {
		super(code, path + ": could not listen on " + AddressText.asNamed(address) + reason(code, address, cause),
				cause);
		this.path = path;
		this.property = path + "." + key;
		this.address = address;
	}

	/**
	 * Creates an exception with a message of its own.
	 * @param code why the endpoint could not start
	 * @param message what has failed, and what to change
	 * @param path the property path of the endpoint
	 * @param address the address that could not be bound or joined
	 * @param cause what led to it
	 */
	protected EndpointStartException(SocketErrorCode code, String message, String path, InetSocketAddress address,
			@Nullable Throwable cause) {
		super(code, message, cause);
		this.path = path;
		this.property = path + ".port";
		this.address = address;
	}

	/**
	 * Returns the property path of the endpoint.
	 * @return the path, such as {@code sockets.tcp.server.echo}
	 */
	public String getPath() {
		return this.path;
	}

	/**
	 * Returns the property that has the port.
	 * @return the full path of the property
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Returns the address that could not be bound or joined.
	 * @return the address
	 */
	public InetSocketAddress getAddress() {
		return this.address;
	}

	private static String reason(SocketErrorCode code, InetSocketAddress address, @Nullable Throwable cause) {
		if (code == SocketErrorCode.ADDRESS_IN_USE && !(address instanceof UnixSocketAddress)) {
			return ": the port is in use";
		}
		return (cause != null && cause.getMessage() != null) ? ": " + cause.getMessage() : "";
	}

}
