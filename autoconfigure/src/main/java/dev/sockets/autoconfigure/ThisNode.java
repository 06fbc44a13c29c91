package dev.sockets.autoconfigure;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.runtime.tcp.EndpointRuntime;

/**
 * What this node is called; ids of its connections begin with that.
 *
 * @param id its id
 */
record ThisNode(String id) {

	private static final String ALLOWED = "[A-Za-z0-9._-]{1,64}";

	/**
	 * Returns the node that is configured, or one with an id of its own.
	 * @param id the id; {@code null} when none is configured
	 */
	static ThisNode of(@Nullable String id) {
		if (id != null && !id.matches(ALLOWED)) {
			throw new InvalidSettingException("sockets.node", id,
					"1 to 64 letters, digits, dots, dashes and underscores");
		}
		return new ThisNode((id != null) ? id : EndpointRuntime.newNode());
	}

}
