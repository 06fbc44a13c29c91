package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/**
 * TLS 1.3 with {@value #CIPHER}, keys agreed on by {@value #GROUP}, and no session that
 * is resumed. By OpenSSL where Netty has it, as the load shares the processors with the
 * server that is measured. For one thread.
 */
public final class TlsLayer implements Layer {

	static final String PROTOCOL = "TLSv1.3";

	static final String CIPHER = "TLS_AES_128_GCM_SHA256";

	private static final String GROUP = "x25519";

	private static final int READ_BYTES = 256 * 1024;

	private static final int RECORD_BYTES = 32 * 1024;

	private static final int WRITE_BYTES = 128 * 1024;

	private final SslContext context;

	private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);

	private final ByteBuffer output = ByteBuffer.allocateDirect(WRITE_BYTES);

	private final ByteBuffer plain = ByteBuffer.allocateDirect(RECORD_BYTES);

	/**
	 * Creates a layer.
	 * @throws IOException when this machine has no such TLS
	 */
	public TlsLayer() throws IOException {
		this.context = SslContextBuilder.forClient()
			.sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.endpointIdentificationAlgorithm(null)
			.protocols(PROTOCOL)
			.option(OpenSslContextOption.GROUPS, new String[] { GROUP })
			.build();
	}

	@Override
	public ByteChannel over(SocketChannel channel) throws IOException {
		TlsChannel secured = of(channel);
		channel.configureBlocking(true);
		secured.begin();
		while (!secured.shakeHands()) {
			// the server has not said all yet
		}
		channel.configureBlocking(false);
		return secured;
	}

	/**
	 * Puts TLS over a socket.
	 * @param channel the socket, which need not be connected yet
	 * @return has not begun
	 */
	TlsChannel of(SocketChannel channel) {
		return new TlsChannel(channel, this.context.newEngine(UnpooledByteBufAllocator.DEFAULT), this.input,
				this.output, this.plain);
	}

}
