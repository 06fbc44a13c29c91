package dev.sockets.actuate;

import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import dev.sockets.SocketOperationException;
import dev.sockets.registry.WatchedEndpoint;

/**
 * The {@code sockets} endpoint over HTTP: status codes for what went wrong, and user data
 * for those who may see them.
 */
@EndpointWebExtension(endpoint = SocketsEndpoint.class)
public class SocketsEndpointWebExtension {

	private static final int CONFLICT = 409;

	private static final String PCAP = "application/vnd.tcpdump.pcap";

	private final SocketsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Creates the extension.
	 * @param delegate the endpoint
	 * @param showValues when user data are shown
	 * @param roles who sees them when they are shown to those authorized
	 */
	public SocketsEndpointWebExtension(SocketsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Returns all endpoints.
	 * @param securityContext who asks
	 * @return the endpoints by name
	 */
	@ReadOperation
	public SocketsDescriptor endpoints(SecurityContext securityContext) {
		return this.delegate.endpoints(showsValues(securityContext));
	}

	/**
	 * Returns an endpoint with its connections.
	 * @param securityContext who asks
	 * @param name its name
	 * @return the endpoint, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<EndpointDetailsDescriptor> endpoint(SecurityContext securityContext,
			@Selector String name) {
		EndpointDetailsDescriptor endpoint = this.delegate.endpoint(name, showsValues(securityContext));
		return (endpoint != null) ? new WebEndpointResponse<>(endpoint)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Tells an endpoint to do something.
	 * @param securityContext who asks
	 * @param name its name
	 * @param action what to do
	 * @param address whose ban to lift, if that is what to do
	 * @param seconds how long to trace, if that is what to do
	 * @param connection id of the only connection to trace
	 * @return the endpoint afterwards, or 404, 400 with what is allowed, or 409 with why
	 * it could not
	 */
	@WriteOperation
	public WebEndpointResponse<Object> act(SecurityContext securityContext, @Selector String name, String action,
			@Nullable String address, @Nullable Integer seconds, @Nullable String connection) {
		Optional<WatchedEndpoint> endpoint = this.delegate.find(name);
		if (endpoint.isEmpty()) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		try {
			return new WebEndpointResponse<>(this.delegate.act(endpoint.get(), action,
					new ActionOptions(address, seconds, connection), showsValues(securityContext)));
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(new ErrorDescriptor(String.valueOf(ex.getMessage())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		catch (SocketOperationException ex) {
			return new WebEndpointResponse<>(new ErrorDescriptor(String.valueOf(ex.getMessage())), CONFLICT);
		}
	}

	/**
	 * Returns what has gone over the wire while that was traced, as a file that Wireshark
	 * opens.
	 * @param name the endpoint's name
	 * @param part {@code trace}
	 * @return the file, or 404 when there is no such endpoint, or no trace of it
	 */
	@ReadOperation(produces = PCAP)
	public WebEndpointResponse<Resource> part(@Selector String name, @Selector String part) {
		return part.equals("trace")
				? this.delegate.trace(name)
					.<WebEndpointResponse<Resource>>map(
							(file) -> new WebEndpointResponse<>(new ByteArrayResource(file)))
					.orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND))
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Closes a connection, on whatever node it is.
	 * @param name the endpoint's name
	 * @param connectionId the connection's id
	 * @return 204, 404, or 503 with why the node that has it was not reached
	 */
	@DeleteOperation
	public WebEndpointResponse<Object> kick(@Selector String name, @Selector String connectionId) {
		try {
			return new WebEndpointResponse<>(this.delegate.isKicked(name, connectionId)
					? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (SocketOperationException ex) {
			return new WebEndpointResponse<>(new ErrorDescriptor(String.valueOf(ex.getMessage())),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	private boolean showsValues(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

}
