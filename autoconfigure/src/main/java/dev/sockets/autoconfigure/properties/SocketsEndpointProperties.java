package dev.sockets.autoconfigure.properties;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the {@code sockets} endpoint of Actuator shows.
 */
@ConfigurationProperties("management.endpoint.sockets")
public class SocketsEndpointProperties {

	/**
	 * When to show unsanitized values of user data.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles that may see unsanitized values. When empty, all authenticated users may.
	 */
	private final Set<String> roles = new HashSet<>();

	public Show getShowValues() {
		return this.showValues;
	}

	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
