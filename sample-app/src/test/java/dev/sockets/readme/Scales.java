package dev.sockets.readme;

import java.time.Duration;

import org.springframework.stereotype.Component;

import dev.sockets.annotation.SocketListener;
import dev.sockets.udp.UdpSender;

@Component
class Scales {

	private final UdpSender scale;

	private final UdpSender everybody;

	Scales(UdpSender scale, UdpSender everybody) {
		this.scale = scale;
		this.everybody = everybody;
	}

	@SocketListener("weights")
	String on(String weight) {
		return "noted " + weight; // goes back to whoever sent it
	}

	String weigh() {
		return this.scale.request("WEIGH", Duration.ofSeconds(2));
	}

	void wakeAll() {
		this.everybody.send("WAKE");
	}

}
