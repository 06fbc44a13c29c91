package dev.sockets.loop.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

/**
 * Memory by its address. All is seen through one segment, whose bounds are constants to
 * the compiler.
 */
final class Memory {

	@SuppressWarnings("restricted")
	private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

	private static final VarHandle INT = JAVA_INT.varHandle();

	private Memory() {
	}

	static MemorySegment allocate(long size) {
		return Arena.ofAuto().allocate(size, 64);
	}

	static byte getByte(long address) {
		return ALL.get(JAVA_BYTE, address);
	}

	static int getInt(long address) {
		return ALL.get(JAVA_INT, address);
	}

	static long getLong(long address) {
		return ALL.get(JAVA_LONG, address);
	}

	static int getIntAcquire(long address) {
		return (int) INT.getAcquire(ALL, address);
	}

	static void putByte(long address, int value) {
		ALL.set(JAVA_BYTE, address, (byte) value);
	}

	static void putShort(long address, int value) {
		ALL.set(JAVA_SHORT, address, (short) value);
	}

	static short getShort(long address) {
		return ALL.get(JAVA_SHORT, address);
	}

	static void putInt(long address, int value) {
		ALL.set(JAVA_INT, address, value);
	}

	static void putLong(long address, long value) {
		ALL.set(JAVA_LONG, address, value);
	}

	static void putIntRelease(long address, int value) {
		INT.setRelease(ALL, address, value);
	}

	/** Returns the bytes up to the first zero, as characters of ASCII. */
	static String getText(long address) {
		StringBuilder text = new StringBuilder();
		for (long at = address; getByte(at) != 0; at++) {
			text.append((char) getByte(at));
		}
		return text.toString();
	}

	static void clear(long address, int length) {
		ALL.asSlice(address, length).fill((byte) 0);
	}

	static void copy(long from, byte[] to, int length) {
		MemorySegment.copy(ALL, JAVA_BYTE, from, to, 0, length);
	}

	static void copy(byte[] from, int offset, long to, int length) {
		MemorySegment.copy(from, offset, ALL, JAVA_BYTE, to, length);
	}

	/** Copies the next bytes of a buffer, whose position stays. */
	static void copy(ByteBuffer from, int length, long to) {
		if (from.hasArray()) {
			copy(from.array(), from.arrayOffset() + from.position(), to, length);
		}
		else {
			MemorySegment.copy(MemorySegment.ofBuffer(from), 0, ALL, to, length);
		}
	}

	/** Copies into a buffer, whose position goes on. */
	static void copy(long from, ByteBuffer to, int length) {
		if (to.hasArray()) {
			MemorySegment.copy(ALL, JAVA_BYTE, from, to.array(), to.arrayOffset() + to.position(), length);
		}
		else {
			MemorySegment.copy(ALL, from, MemorySegment.ofBuffer(to), 0, length);
		}
		to.position(to.position() + length);
	}

	/** Returns where the next byte of a direct buffer lies. */
	static long address(ByteBuffer direct) {
		return MemorySegment.ofBuffer(direct).address();
	}

}
