package dev.sockets.sample;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketMapping;
import dev.sockets.rpc.RpcPeer;

/**
 * A robot on a table, which others move by opcode. It tells whoever has moved it where it
 * is, if that has bound {@value #MOVED}.
 */
@Component
class RobotHandler {

	static final int MOVED = 0x10;

	private static final int EDGE = 100;

	private int x;

	private int y;

	@SocketMapping(endpoint = "robot", opcode = 0x01, name = "MOVE")
	synchronized List<Integer> move(int dx, int dy, RpcPeer mover) {
		if (Math.abs(this.x + dx) > EDGE || Math.abs(this.y + dy) > EDGE) {
			throw new IllegalArgumentException("the table ends at " + EDGE);
		}
		this.x += dx;
		this.y += dy;
		mover.tell(MOVED, this.x, this.y);
		return where();
	}

	@SocketMapping(endpoint = "robot", opcode = 0x02, name = "WHERE")
	synchronized List<Integer> where() {
		return List.of(this.x, this.y);
	}

}
