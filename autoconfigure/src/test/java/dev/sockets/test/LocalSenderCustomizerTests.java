package dev.sockets.test;

import java.net.InetSocketAddress;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import dev.sockets.multicast.MulticastSenderSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the settings of senders in a slice.
 */
class LocalSenderCustomizerTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final LocalSenderCustomizer customizer = new LocalSenderCustomizer(new LocalReceivers(this.beans),
			new LocalStarts(this.beans));

	@Test
	void whenDatagramsGoToGroupsThenTheyStayOnThisMachine() {
		MulticastSenderSettings.Builder settings = MulticastSenderSettings.builder("desk")
			.group("239.1.2.3")
			.port(5102)
			.timeToLive(9);
		this.customizer.customize("desk", settings);
		assertThat(settings.build().timeToLive()).isZero();
		assertThat(settings.build().datagrams().autoStartup()).isTrue();
		assertThat(Objects.requireNonNull(settings.build().targetSource()).get())
			.isEqualTo(new InetSocketAddress("239.1.2.3", 5102));
	}

	@Test
	void whenEachCallNamesTheGroupThenDatagramsStayOnThisMachine() {
		MulticastSenderSettings.Builder settings = MulticastSenderSettings.builder("desk").timeToLive(9);
		this.customizer.customize("desk", settings);
		assertThat(settings.build().timeToLive()).isZero();
		assertThat(settings.build().targetSource()).isNull();
	}

}
