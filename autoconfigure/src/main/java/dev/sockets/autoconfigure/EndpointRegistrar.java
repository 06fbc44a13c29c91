package dev.sockets.autoconfigure;

import java.util.Collection;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.core.env.Environment;

import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EnvironmentHints;
import dev.sockets.autoconfigure.binding.TakenNameException;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * Registers one bean for each entry. Runs again in an application that was processed
 * ahead of time, so entries may come and go after the build.
 */
class EndpointRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		Collection<EndpointEntry> entries = EndpointEntries.read(environment);
		new EnvironmentHints(environment, entries).log();
		for (EndpointEntry entry : entries) {
			try {
				register(registry, entry);
			}
			catch (BeanDefinitionOverrideException ex) {
				throw TakenNameException.of(entry.path(), entry.name(), ex.getExistingDefinition());
			}
		}
	}

	private static void register(BeanRegistry registry, EndpointEntry entry) {
		switch (entry.group()) {
			case TCP_SERVER ->
				registry.registerBean(entry.name(), TcpServer.class, (spec) -> spec.description(entry.path())
					.supplier((context) -> context.bean(TcpEndpointFactory.class).server(entry)));
			case TCP_CLIENT ->
				registry.registerBean(entry.name(), TcpClient.class, (spec) -> spec.description(entry.path())
					.supplier((context) -> context.bean(TcpEndpointFactory.class).client(entry)));
			case MULTICAST_RECEIVER ->
				registry.registerBean(entry.name(), MulticastReceiver.class, (spec) -> spec.description(entry.path())
					.supplier((context) -> context.bean(MulticastEndpointFactory.class).receiver(entry)));
			case MULTICAST_SENDER ->
				registry.registerBean(entry.name(), MulticastSender.class, (spec) -> spec.description(entry.path())
					.supplier((context) -> context.bean(MulticastEndpointFactory.class).sender(entry)));
			case UDP_RECEIVER ->
				registry.registerBean(entry.name(), UdpReceiver.class, (spec) -> spec.description(entry.path())
					.supplier((context) -> context.bean(MulticastEndpointFactory.class).udpReceiver(entry)));
			case UDP_SENDER ->
				registry.registerBean(entry.name(), UdpSender.class, (spec) -> spec.description(entry.path())
					.supplier((context) -> context.bean(MulticastEndpointFactory.class).udpSender(entry)));
		}
	}

}
