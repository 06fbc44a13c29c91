package dev.sockets.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.binding.MulticastSettingsMapper;
import dev.sockets.autoconfigure.binding.TcpSettingsMapper;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;

/**
 * A configuration file as Boot reads it, and what becomes of it.
 */
public final class Yaml implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private final String text;

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private Map<String, Object> variables = Map.of();

	private Yaml(String text) {
		this.text = text;
	}

	public static Yaml of(String text) {
		return new Yaml(text);
	}

	public Yaml withVariables(Map<String, Object> variables) {
		this.variables = variables;
		return this;
	}

	public Yaml withBean(String name, Object bean) {
		this.beans.registerSingleton(name, bean);
		return this;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		addTo(context.getEnvironment());
	}

	public ConfigurableEnvironment environment() {
		StandardEnvironment environment = new StandardEnvironment();
		addTo(environment);
		return environment;
	}

	/**
	 * Returns the settings of the only server.
	 */
	public TcpServerSettings server() {
		ConfigurableEnvironment environment = environment();
		EndpointEntry entry = EndpointEntries.read(environment).iterator().next();
		return mapper(this.beans).server(new EntryBinder(environment).bind(entry, new TcpServerProperties())).build();
	}

	/**
	 * Returns the settings of the only client.
	 */
	public TcpClientSettings client() {
		ConfigurableEnvironment environment = environment();
		EndpointEntry entry = EndpointEntries.read(environment).iterator().next();
		return mapper(this.beans).client(new EntryBinder(environment).bind(entry, new TcpClientProperties())).build();
	}

	/**
	 * Returns the settings of the only multicast receiver.
	 */
	MulticastReceiverSettings receiver() {
		ConfigurableEnvironment environment = environment();
		EndpointEntry entry = EndpointEntries.read(environment).iterator().next();
		return new MulticastSettingsMapper(this.beans)
			.receiver(new EntryBinder(environment).bind(entry, new MulticastReceiverProperties()))
			.build();
	}

	/**
	 * Returns the settings of the only UDP receiver.
	 */
	MulticastReceiverSettings udpReceiver() {
		ConfigurableEnvironment environment = environment();
		EndpointEntry entry = EndpointEntries.read(environment).iterator().next();
		return new MulticastSettingsMapper(this.beans)
			.udpReceiver(new EntryBinder(environment).bind(entry, new UdpReceiverProperties()))
			.build();
	}

	/**
	 * Returns the settings of the only multicast sender.
	 */
	MulticastSenderSettings sender() {
		ConfigurableEnvironment environment = environment();
		EndpointEntry entry = EndpointEntries.read(environment).iterator().next();
		return new MulticastSettingsMapper(this.beans)
			.sender(new EntryBinder(environment).bind(entry, new MulticastSenderProperties()))
			.build();
	}

	/**
	 * Returns the settings of the only UDP sender.
	 */
	MulticastSenderSettings udpSender() {
		ConfigurableEnvironment environment = environment();
		EndpointEntry entry = EndpointEntries.read(environment).iterator().next();
		return new MulticastSettingsMapper(this.beans)
			.udpSender(new EntryBinder(environment).bind(entry, new UdpSenderProperties()))
			.build();
	}

	private static TcpSettingsMapper mapper(ConfigurableListableBeanFactory beans) {
		return new TcpSettingsMapper(beans);
	}

	private void addTo(ConfigurableEnvironment environment) {
		Resource resource = new ByteArrayResource(this.text.getBytes(StandardCharsets.UTF_8), "application.yml");
		try {
			for (PropertySource<?> source : new YamlPropertySourceLoader().load("application.yml", resource)) {
				environment.getPropertySources().addLast(source);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
	}

}
