package dev.sockets.readme;

import java.time.Duration;

import org.springframework.stereotype.Component;

import dev.sockets.tcp.TcpClient;

@Component
class RobotPilot {

	private final TcpClient robot;

	RobotPilot(TcpClient robot) {
		this.robot = robot;
	}

	void move(int steps) {
		this.robot.send("move " + steps);
	}

	String position() {
		return this.robot.request("position", Duration.ofSeconds(5));
	}

}
