package dev.sockets.codec.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values that have no parts: numbers, text and bytes.
 */
final class PickleValues {

	private final PickleInput input;

	PickleValues(PickleInput input) {
		this.input = input;
	}

	@Nullable Object read(int opcode) {
		return switch (opcode) {
			case Opcode.NONE -> null;
			case Opcode.NEWTRUE -> true;
			case Opcode.NEWFALSE -> false;
			case Opcode.BININT1 -> this.input.u1();
			case Opcode.BININT2 -> this.input.u2();
			case Opcode.BININT -> this.input.i4();
			case Opcode.LONG1 -> this.input.integer(this.input.u1());
			case Opcode.LONG4 -> this.input.integer(this.input.i4());
			case Opcode.INT -> PickleNumbers.ofInt(this.input.line());
			case Opcode.LONG -> PickleNumbers.ofLong(this.input.line());
			case Opcode.FLOAT -> PickleNumbers.ofFloat(this.input.line());
			case Opcode.BINFLOAT -> this.input.f8();
			case Opcode.SHORT_BINUNICODE -> this.input.text(this.input.u1());
			case Opcode.BINUNICODE -> this.input.text(this.input.u4());
			case Opcode.BINUNICODE8 -> this.input.text(this.input.i8());
			case Opcode.UNICODE -> Python2Text.unicode(this.input.line());
			case Opcode.STRING -> text(Python2Text.literal(this.input.line()));
			case Opcode.SHORT_BINSTRING -> text(this.input.bytes(this.input.u1()));
			case Opcode.BINSTRING -> text(this.input.bytes(this.input.i4()));
			case Opcode.SHORT_BINBYTES -> this.input.bytes(this.input.u1());
			case Opcode.BINBYTES -> this.input.bytes(this.input.u4());
			case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> this.input.bytes(this.input.i8());
			case Opcode.PERSID, Opcode.BINPERSID ->
				throw PickleFault.received("a persistent id, which means something to the peer only");
			case Opcode.EXT1, Opcode.EXT2, Opcode.EXT4 ->
				throw PickleFault.received("an extension code, which means something to the peer only");
			case Opcode.NEXT_BUFFER, Opcode.READONLY_BUFFER ->
				throw PickleFault.received("a pickle whose buffers are not in it");
			default -> throw PickleFault.received("an unknown opcode, 0x%02x".formatted(opcode));
		};
	}

	/**
	 * Returns a string of Python 2, which doesn't say what it is: text when it is UTF-8,
	 * and else bytes.
	 */
	private static Object text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return bytes;
		}
	}

}
