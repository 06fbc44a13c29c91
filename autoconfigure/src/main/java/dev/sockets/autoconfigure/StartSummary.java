package dev.sockets.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

import dev.sockets.SocketEndpoint;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * Says in one line how many endpoints an application has, when it has started. Each of
 * them has a line of its own.
 */
final class StartSummary implements ApplicationListener<ContextRefreshedEvent> {

	private static final SafeLog logger = SafeLog.of(SocketEndpoints.class);

	private static final String TCP_SERVER = "TCP server";

	private static final String TCP_CLIENT = "TCP client";

	private static final String MULTICAST_RECEIVER = "multicast receiver";

	private static final String MULTICAST_SENDER = "multicast sender";

	private static final String UDP_RECEIVER = "UDP receiver";

	private static final String UDP_SENDER = "UDP sender";

	/** One that only the application knows. */
	private static final String OTHER = "endpoint";

	private static final List<String> KINDS = List.of(TCP_SERVER, TCP_CLIENT, MULTICAST_RECEIVER, MULTICAST_SENDER,
			UDP_RECEIVER, UDP_SENDER, OTHER);

	private final ApplicationContext context;

	private final ObjectProvider<SocketEndpoints> endpoints;

	StartSummary(ApplicationContext context, ObjectProvider<SocketEndpoints> endpoints) {
		this.context = context;
		this.endpoints = endpoints;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.endpoints.ifAvailable((endpoints) -> summarize(endpoints.all()));
		}
	}

	private static void summarize(Collection<SocketEndpoint> all) {
		Map<String, List<SocketEndpoint>> byKind = all.stream().collect(Collectors.groupingBy(StartSummary::kind));
		if (!byKind.isEmpty()) {
			logger.info("Sockets: " + KINDS.stream()
				.filter(byKind::containsKey)
				.map((kind) -> count(kind, byKind.getOrDefault(kind, List.of())))
				.collect(Collectors.joining(", ")));
		}
	}

	private static String kind(SocketEndpoint endpoint) {
		if (endpoint instanceof TcpServer) {
			return TCP_SERVER;
		}
		if (endpoint instanceof TcpClient) {
			return TCP_CLIENT;
		}
		if (endpoint instanceof MulticastReceiver) {
			return MULTICAST_RECEIVER;
		}
		if (endpoint instanceof MulticastSender) {
			return MULTICAST_SENDER;
		}
		if (endpoint instanceof UdpReceiver) {
			return UDP_RECEIVER;
		}
		return (endpoint instanceof UdpSender) ? UDP_SENDER : OTHER;
	}

	private static String count(String kind, List<SocketEndpoint> endpoints) {
		long stopped = endpoints.stream().filter((endpoint) -> !endpoint.isRunning()).count();
		return endpoints.size() + " " + kind + ((endpoints.size() > 1) ? "s" : "")
				+ ((stopped > 0) ? " (" + stopped + " not started)" : "");
	}

}
