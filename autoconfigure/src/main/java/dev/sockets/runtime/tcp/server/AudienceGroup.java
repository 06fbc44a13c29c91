package dev.sockets.runtime.tcp.server;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.Group;

/**
 * A group that has an audience of its members do what audiences do.
 */
interface AudienceGroup extends Group {

	/**
	 * Returns the members.
	 * @return always the same object
	 */
	Audience audience();

	@Override
	default int send(@Nullable Object payload, String... exceptIds) {
		return audience().send(payload, exceptIds);
	}

	@Override
	default void kick() {
		audience().kick();
	}

	@Override
	default Audience here() {
		return audience().here();
	}

	@Override
	default long size() {
		return audience().size();
	}

	@Override
	default List<ConnectionInfo> members() {
		return audience().members();
	}

}
