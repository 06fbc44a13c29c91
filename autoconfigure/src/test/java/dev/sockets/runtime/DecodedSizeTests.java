package dev.sockets.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

import static org.assertj.core.api.Assertions.assertThat;

class DecodedSizeTests {

	@Test
	void whenPayloadsAreTextsOrBytesThenTheyCountAsReceived() throws Exception {
		byte[] bytes = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
		assertThat(size(Codecs.text(StandardCharsets.ISO_8859_1), bytes)).isEqualTo(10_000);
		assertThat(size(Codecs.bytes(), bytes)).isEqualTo(10_000);
	}

	@Test
	void whenEachByteMakesAnObjectThenThatCounts() throws Exception {
		byte[] maps = ByteBuffer.allocate(10_005).put((byte) 0x9a).putInt(10_000).array();
		Arrays.fill(maps, 5, maps.length, (byte) 0xa0);
		size(Codecs.cbor(), maps);
		assertThat(size(Codecs.cbor(), maps)).isBetween(10_000L * 40, 10_005L * 256);
	}

	@Test
	void whenAMessageIsShortThenItCountsMoreThanItTakes() throws Exception {
		byte[] maps = "[{},{},{},{}]".getBytes(StandardCharsets.UTF_8);
		assertThat(size(Codecs.json(), maps)).isEqualTo(maps.length * 32L);
	}

	private static long size(Codec codec, byte[] bytes) throws Exception {
		DecodedSize sizes = DecodedSize.of(codec);
		long begun = sizes.begin(bytes.length);
		assertThat(codec.decode(bytes, 0, bytes.length)).isNotNull();
		return sizes.end(begun, bytes.length);
	}

}
