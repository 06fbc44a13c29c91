package dev.sockets.codec;

import java.nio.charset.Charset;
import java.util.Collection;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The codecs that are there already. Those that are told what to decode to keep no state.
 * {@code json} and {@code cbor} need Jackson, which is only loaded when one of them is
 * asked for.
 */
public final class Codecs {

	private static final Codec BYTES = new BytesCodec();

	private Codecs() {
	}

	/**
	 * Payloads are {@code String}s. Bytes that are malformed in the charset are an error,
	 * and so are characters that it lacks. Any {@code CharSequence} can be sent, and
	 * {@code byte[]} as it is.
	 * @param charset the charset of both directions
	 * @return the codec {@code text}
	 */
	public static Codec text(Charset charset) {
		return text(charset, CharsetErrors.REPORT);
	}

	/**
	 * The same, with a choice for texts that arrive damaged. One that would leave damaged
	 * is an error in any case.
	 * @param charset the charset of both directions
	 * @param errors what becomes of a text whose bytes are malformed in the charset
	 * @return the codec {@code text}
	 */
	public static Codec text(Charset charset, CharsetErrors errors) {
		return new TextCodec(charset, errors);
	}

	/**
	 * Payloads are {@code byte[]}, a copy on receipt and the array itself on sending.
	 * @return the codec {@code bytes}
	 */
	public static Codec bytes() {
		return BYTES;
	}

	/**
	 * The same as {@link #json(JsonMapper, Class)} with Jackson as it comes, for maps,
	 * lists, strings, numbers and booleans.
	 * @return the codec {@code json}
	 */
	public static Codec json() {
		return json(new JsonMapper(), Object.class);
	}

	/**
	 * Payloads are objects, JSON in UTF-8 on the wire. Any object that the mapper can
	 * write can be sent: a {@code CharSequence} becomes a JSON string, {@code byte[]} one
	 * of Base64. {@code null} is a payload too. Text after the value is an error.
	 * @param mapper reads and writes; whether it indents does not matter
	 * @param payloadType what is received; {@code Object} for maps, lists, strings,
	 * numbers and booleans
	 * @return the codec {@code json}
	 */
	public static Codec json(JsonMapper mapper, Class<?> payloadType) {
		return json(mapper, mapper.constructType(payloadType));
	}

	/**
	 * The same for a payload with type parameters, such as a list of orders.
	 * @param mapper reads and writes
	 * @param payloadType what is received
	 * @return the codec {@code json}
	 */
	public static Codec json(JsonMapper mapper, JavaType payloadType) {
		return JacksonCodec.json(mapper, payloadType);
	}

	/**
	 * The same for a payload whose class is what the {@code @SocketListener} methods of
	 * the endpoint take; maps, lists, strings, numbers and booleans when there are none.
	 * Not to be shared by endpoints.
	 * @param mapper reads and writes
	 * @return a codec {@code json}
	 */
	public static Codec inferredJson(JsonMapper mapper) {
		return JacksonCodec.json(mapper, null);
	}

	/**
	 * The same as {@link #cbor(CBORMapper, Class)} with Jackson as it comes, for maps,
	 * lists, strings, numbers, booleans and {@code byte[]}.
	 * @return the codec {@code cbor}
	 */
	public static Codec cbor() {
		return cbor(new CBORMapper(), Object.class);
	}

	/**
	 * Payloads are objects, CBOR on the wire. Any object that the mapper can write can be
	 * sent. {@code null} is a payload too. Bytes after the value are an error. CBOR
	 * contains any byte, so it needs a framing that carries them all, such as
	 * {@code length4}.
	 * @param mapper reads and writes
	 * @param payloadType what is received; {@code Object} for maps, lists, strings,
	 * numbers, booleans and {@code byte[]}
	 * @return the codec {@code cbor}
	 */
	public static Codec cbor(CBORMapper mapper, Class<?> payloadType) {
		return cbor(mapper, mapper.constructType(payloadType));
	}

	/**
	 * The same for a payload with type parameters, such as a list of orders.
	 * @param mapper reads and writes
	 * @param payloadType what is received
	 * @return the codec {@code cbor}
	 */
	public static Codec cbor(CBORMapper mapper, JavaType payloadType) {
		return JacksonCodec.cbor(mapper, payloadType);
	}

	/**
	 * The same for a payload whose class is what the {@code @SocketListener} methods of
	 * the endpoint take, as {@link #inferredJson(JsonMapper)} has it.
	 * @param mapper reads and writes
	 * @return a codec {@code cbor}
	 */
	public static Codec inferredCbor(CBORMapper mapper) {
		return JacksonCodec.cbor(mapper, null);
	}

	/**
	 * Payloads are objects as Java serializes them, which contains any byte, so it needs
	 * a framing that carries them all, such as {@code length4}. What is received is made
	 * of these classes only, of arrays of them, of texts, and of numbers and the like; no
	 * other class is ever loaded. It is at most 16 objects deep in one another, has at
	 * most 100,000 parts, and no arrays longer than what has come. What an allowed class
	 * does when it is read is up to that class, so allow what carries data. Whatever is
	 * {@code Serializable} can be sent. {@code null} is a payload too.
	 * @param allowedClasses full names of classes, such as {@code com.example.Order},
	 * {@code com.example.*} for those of a package, and {@code com.example.**} for those
	 * of the packages below it too
	 * @param loader loads them; {@code null} for what loads the JDK
	 * @return the codec {@code object}
	 * @throws IllegalArgumentException when no class is allowed, or what allows one is
	 * not of that form
	 */
	public static Codec object(Collection<String> allowedClasses, @Nullable ClassLoader loader) {
		return new ObjectCodec(new AllowedClasses(allowedClasses), loader);
	}

}
