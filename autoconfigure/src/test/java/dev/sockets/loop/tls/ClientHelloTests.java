package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.junit.jupiter.api.Test;

import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The name in the first record of a client, whatever that looks like.
 */
class ClientHelloTests {

	@Test
	void whenAClientAsksForANameThenItIsFound() throws IOException {
		assertThat(ClientHello.serverName(hello("Shop.Example"))).isEqualTo("shop.example");
	}

	@Test
	void whenAClientAsksForNoNameThenThereIsNone() throws IOException {
		assertThat(ClientHello.serverName(hello(null))).isNull();
	}

	@Test
	void whenItIsCutOffAnywhereThenThereIsNoneOrTheName() throws IOException {
		ByteBuffer hello = hello("shop.example");
		for (int length = 0; length < hello.limit(); length++) {
			assertThat(ClientHello.serverName(hello.duplicate().limit(length))).isIn(null, "shop.example");
		}
	}

	@Test
	void whenAnythingInItIsChangedThenNothingIsThrown() throws IOException {
		Random random = new Random(1);
		byte[] hello = Arrays.copyOf(hello("shop.example").array(), hello("shop.example").limit());
		for (int i = 0; i < 20_000; i++) {
			byte[] changed = hello.clone();
			changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			ClientHello.serverName(ByteBuffer.wrap(changed));
		}
	}

	private static ByteBuffer hello(String name) throws IOException {
		SSLEngine engine = TestTls.context(null).createSSLEngine();
		engine.setUseClientMode(true);
		if (name != null) {
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setServerNames(List.of(new SNIHostName(name)));
			engine.setSSLParameters(parameters);
		}
		ByteBuffer hello = ByteBuffer.allocate(20_000);
		engine.wrap(ByteBuffer.allocate(0), hello);
		return hello.flip();
	}

}
