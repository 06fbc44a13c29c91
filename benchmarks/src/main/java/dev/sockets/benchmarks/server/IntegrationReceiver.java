package dev.sockets.benchmarks.server;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Udp;
import org.springframework.integration.ip.udp.inbound.UnicastReceivingChannelAdapter;

/**
 * Spring Integration: a flow behind its receiver of multicast.
 */
final class IntegrationReceiver implements ReceiverProgram {

	@Override
	public void start(String group, int port, Tally tally) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Application.class);
		context.registerBean("numbers", IntegrationFlow.class, () -> flow(group, port, tally));
		context.refresh();
		awaitListening(context.getBean(UnicastReceivingChannelAdapter.class));
	}

	private static IntegrationFlow flow(String group, int port, Tally tally) {
		return IntegrationFlow
			.from(Udp.inboundMulticastAdapter(port, group).localAddress(LOOPBACK).soReceiveBufferSize(RECEIVE_BUFFER))
			.handle((message) -> tally.count((byte[]) message.getPayload()))
			.get();
	}

	private static void awaitListening(UnicastReceivingChannelAdapter receiver) {
		while (!receiver.isListening()) {
			Thread.onSpinWait();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Application {

	}

}
