package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;

import org.springframework.util.Assert;

/**
 * Which names groups and users may have: any text of 1 to {@value #MOST_BYTES} bytes.
 */
public final class MemberName {

	/** Most bytes that a name has in UTF-8. */
	public static final int MOST_BYTES = 255;

	private MemberName() {
	}

	/**
	 * Checks a name.
	 * @param name the name
	 * @param what whose name it is, at the beginning of a sentence
	 * @return the name
	 * @throws IllegalArgumentException when it cannot be one
	 */
	public static String check(String name, String what) {
		Assert.notNull(name, () -> what + " needs a name, not null");
		Assert.isTrue(!name.isEmpty(), () -> what + " needs a name of at least one character");
		Assert.isTrue(isShort(name), () -> what + " has a name of at most " + MOST_BYTES
				+ " bytes of UTF-8, not one of " + name.length() + " characters");
		Assert.isTrue(isText(name), () -> what + " has a name that can be encoded by UTF-8, not with half a character");
		return name;
	}

	/** Returns whether a name could be that of a group or a user. */
	static boolean isPossible(String name) {
		return !name.isEmpty() && isShort(name) && isText(name);
	}

	private static boolean isShort(String name) {
		return name.length() <= MOST_BYTES && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
	}

	private static boolean isText(String name) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(name);
	}

}
