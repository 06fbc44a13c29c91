package dev.sockets.runtime.tcp.server;

import java.time.Duration;
import java.util.List;

import dev.sockets.EventKind;
import dev.sockets.event.BackplaneLostEvent;
import dev.sockets.event.BackplaneRecoveredEvent;
import dev.sockets.event.FramesMissedEvent;
import dev.sockets.event.NodeJoinedEvent;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.backplane.NodeWatcher;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

/**
 * Tells of other nodes, in one order with what is told of their members.
 *
 * @param server the server
 * @param news tells what was noted
 */
record NodeNews(TcpServer server, MemberNews news) implements NodeWatcher {

	@Override
	public void joined(NodeInfo node, boolean sameFormat) {
		this.news.note(EventKind.NODE_JOINED, () -> new NodeJoinedEvent(this.server, node, sameFormat));
	}

	@Override
	public void left(NodeInfo node, NodeLeftReason reason, List<ConnectionInfo> connections) {
		this.news.note(EventKind.NODE_LEFT, () -> new NodeLeftEvent(this.server, node, reason, connections));
	}

	@Override
	public void lost(Throwable cause) {
		this.news.note(EventKind.BACKPLANE_LOST, () -> new BackplaneLostEvent(this.server, cause));
	}

	@Override
	public void recovered(Duration duration, long notSent) {
		this.news.note(EventKind.BACKPLANE_RECOVERED,
				() -> new BackplaneRecoveredEvent(this.server, duration, notSent));
	}

	@Override
	public void missed(String node, long count) {
		this.news.note(EventKind.FRAMES_MISSED, () -> new FramesMissedEvent(this.server, node, count));
	}

}
