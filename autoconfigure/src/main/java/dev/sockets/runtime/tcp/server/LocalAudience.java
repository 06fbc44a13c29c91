package dev.sockets.runtime.tcp.server;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameOutput;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.FrameEncoder;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Some connections of this node.
 *
 * @param settings how messages are encoded
 * @param node knows what is told of connections
 * @param connections looks up who they are, without a copy
 */
record LocalAudience(ConnectionSettings settings, LocalNode node,
		Supplier<? extends Collection<DefaultConnection>> connections) implements Audience {

	/**
	 * A message that several connections get.
	 *
	 * @param payload what is sent
	 * @param frame the same, as it is written
	 */
	record Encoded(Object payload, ByteBuffer frame) {

	}

	@Override
	public int send(@Nullable Object payload, String... exceptIds) {
		return offer(encode(payload), List.of(exceptIds));
	}

	Encoded encode(@Nullable Object payload) {
		Object message = Objects.requireNonNullElse(payload, Optional.empty());
		FrameOutput frame = FrameEncoder.encode(this.settings, message, null);
		return new Encoded(message, ByteBuffer.wrap(frame.array(), 0, frame.size()));
	}

	int offer(Encoded message, List<String> exceptIds) {
		Set<String> excepted = Set.copyOf(exceptIds);
		int count = 0;
		for (DefaultConnection connection : this.connections.get()) {
			if (connection.isOpen() && !excepted.contains(connection.getId())
					&& connection.writer().offer(message.frame().duplicate(), message.payload())) {
				count++;
			}
		}
		return count;
	}

	@Override
	public void kick() {
		this.connections.get().forEach(DefaultConnection::kick);
	}

	@Override
	public Audience here() {
		return this;
	}

	@Override
	public long size() {
		return this.connections.get().size();
	}

	@Override
	public List<ConnectionInfo> members() {
		return this.connections.get().stream().map(this.node::describe).toList();
	}

	@Override
	public String toString() {
		return size() + " connections of '" + this.settings.path() + "'";
	}

}
