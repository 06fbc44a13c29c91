package dev.sockets.autoconfigure;

import java.nio.charset.Charset;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What all endpoints have in common, as far as it is resolved in one way.
 */
interface MessageProperties {

	@Nullable String getCodec();

	Charset getCharset();

	@Nullable String getPayloadType();

	List<String> getEvents();

}
