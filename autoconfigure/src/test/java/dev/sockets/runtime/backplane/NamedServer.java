package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.List;

import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.runtime.backplane.frame.Reply;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;

/**
 * A server without connections here.
 */
class NamedServer implements LocalServer, NodeWatcher {

	private final String name;

	NamedServer(String name) {
		this.name = name;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public long format() {
		return 1;
	}

	@Override
	public int connections() {
		return 0;
	}

	@Override
	public int deliver(Message message) {
		return Reply.YES;
	}

	@Override
	public void writeDelivered() {
	}

	@Override
	public int obey(FrameType type, Order order) {
		return Reply.NO;
	}

	@Override
	public void joined(String group, ConnectionInfo member) {
	}

	@Override
	public void left(String group, ConnectionInfo member) {
	}

	@Override
	public void online(String user) {
	}

	@Override
	public void offline(String user) {
	}

	@Override
	public NodeWatcher nodes() {
		return this;
	}

	@Override
	public void tell() {
	}

	@Override
	public void joined(NodeInfo node, boolean sameFormat) {
	}

	@Override
	public void left(NodeInfo node, NodeLeftReason reason, List<ConnectionInfo> connections) {
	}

	@Override
	public void lost(Throwable cause) {
	}

	@Override
	public void recovered(Duration duration, long notSent) {
	}

	@Override
	public void missed(String node, long count) {
	}

}
