package dev.sockets.readme;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import org.springframework.stereotype.Component;

import dev.sockets.codec.Codec;

@Component("prices")
class PriceCodec implements Codec {

	@Override
	public BigDecimal decode(byte[] buffer, int offset, int length) {
		return new BigDecimal(new String(buffer, offset, length, StandardCharsets.US_ASCII));
	}

	@Override
	public byte[] encode(Object payload) {
		return payload.toString().getBytes(StandardCharsets.US_ASCII);
	}

}
