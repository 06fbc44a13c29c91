package dev.sockets.autoconfigure;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import dev.sockets.InvalidSettingException;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecResolverTests {

	private static final String PATH = "sockets.tcp.server.echo.";

	@Test
	void whenCodecIsTextThenItHasTheCharset() {
		assertThat(yaml("charset: utf-16le").server().connection().codec()).usingRecursiveComparison()
			.isEqualTo(Codecs.text(StandardCharsets.UTF_16LE));
	}

	@Test
	void whenCodecIsBytesThenItIs() {
		assertThat(yaml("codec: bytes").server().connection().codec()).isSameAs(Codecs.bytes());
	}

	@Test
	void whenCodecNamesBeanThenItIsUsed() {
		Codec bean = new CustomCodec();
		assertThat(yaml("codec: mine").withBean("mine", bean).server().connection().codec()).isSameAs(bean);
	}

	@Test
	void whenCodecIsUnknownThenMessageListsNamesAndBeans() {
		Yaml yaml = yaml("codec: yaml").withBean("mine", new CustomCodec()).withBean("other", "no codec");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'" + PATH + "codec' is 'yaml' but must be one of text, bytes, mine");
	}

	@Test
	void whenThereIsNoCodecBeanThenMessageSaysThatItCanBe() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml("codec: ''")::server)
			.withMessage("'" + PATH + "codec' is '' but must be one of text, bytes, or the name of a Codec bean");
	}

	@Test
	void whenCodecDoesNotUseCharsetThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: bytes", "charset: UTF-8")::server)
			.withMessage("'" + PATH + "charset' is 'UTF-8' but must be left out: the codec 'bytes' does not use it");
	}

	@Test
	void whenDefaultsHaveCharsetThenOtherCodecsLeaveItAlone() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults.charset: ISO-8859-1
				  server.echo:
				    port: 0
				    codec: bytes
				""").server().connection().codec()).isSameAs(Codecs.bytes());
	}

	private static Yaml yaml(String... lines) {
		return Yaml.of(PATH + "port: 0\n" + PATH + String.join("\n" + PATH, lines));
	}

	private static final class CustomCodec implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			return length;
		}

		@Override
		public byte[] encode(Object payload) {
			return new byte[0];
		}

	}

}
