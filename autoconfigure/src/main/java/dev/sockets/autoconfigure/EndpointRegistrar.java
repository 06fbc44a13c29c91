package dev.sockets.autoconfigure;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.core.env.Environment;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;
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
		for (EndpointEntry entry : EndpointEntries.read(environment)) {
			try {
				register(registry, entry);
			}
			catch (BeanDefinitionOverrideException ex) {
				throw new InvalidSettingException(entry.group().path("<name>"), entry.name(),
						"a name that no other bean has; one is defined in "
								+ ex.getExistingDefinition().getResourceDescription()
								+ ": rename the entry, or the bean and what names it, as framing or codec may do");
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
