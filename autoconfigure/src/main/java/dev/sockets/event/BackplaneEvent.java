package dev.sockets.event;

import dev.sockets.tcp.TcpServer;

/**
 * What leads from a server to other nodes does not work, works again, or has lost
 * something.
 */
public abstract sealed class BackplaneEvent extends SocketEvent
		permits BackplaneLostEvent, BackplaneRecoveredEvent, FramesMissedEvent {

	private static final long serialVersionUID = 1L;

	BackplaneEvent(TcpServer source) {
		super(source);
	}

	@Override
	public TcpServer getSource() {
		return (TcpServer) super.getSource();
	}

}
