package dev.sockets.tcp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.Framing;

/**
 * Checks what connections are to begin with. A message that may be a password is quoted
 * by none of the failures.
 */
final class HandshakeSettings {

	private static final String HIDDEN = "******";

	private static final int LONGEST_ID = 64;

	private HandshakeSettings() {
	}

	static void check(String path, SessionSettings session, Framing framing, int maxFrameSize) {
		if (session.hello() == null && session.expect() == null) {
			throw new InvalidSettingException(path + ".session.hello", null,
					"a text, unless there is session.expect: else nothing would be said");
		}
		if (session.timeout().isNegative() || session.timeout().isZero()) {
			throw new InvalidSettingException(path + ".session.timeout", session.timeout(), "a positive duration");
		}
		KnownMessages.checkSecret(path + ".session.hello", session.hello(), framing, maxFrameSize);
	}

	static void checkServer(String path, @Nullable SessionSettings session) {
		if (session != null && session.expect() == null) {
			throw new InvalidSettingException(path + ".session.expect", null,
					"what the first message of a client has to match: a server says its hello after that");
		}
	}

	static void checkId(String property, @Nullable String id, boolean tcptalks) {
		if (id == null) {
			return;
		}
		if (!tcptalks) {
			throw new InvalidSettingException(property, id,
					"left out: only the wire of profile tcptalks tells who this side is");
		}
		if (id.isEmpty() || id.length() > LONGEST_ID) {
			throw new InvalidSettingException(property, id, "of 1 to " + LONGEST_ID + " characters");
		}
	}

	/** Nothing else is to begin the connections that begin with a log-in. */
	static void checkNone(String property, ConnectionSettings settings) {
		OpeningSettings opening = settings.opening();
		List<String> set = keys(opening.handshake(), opening.session(), opening.password(), settings.isTcptalks());
		if (!set.isEmpty()) {
			throw twice(property, set.get(0));
		}
	}

	/** Each of them would be the one whose end the application waits for. */
	static void checkOnlyOne(String path, @Nullable ConnectionHandshake handshake, @Nullable SessionSettings session,
			@Nullable Password password, boolean tcptalks) {
		List<String> set = keys(handshake, session, password, tcptalks);
		if (set.size() > 1) {
			throw twice(path + "." + set.get(1), set.get(0));
		}
	}

	private static InvalidSettingException twice(String property, String first) {
		return new InvalidSettingException(property, HIDDEN,
				"left out: with " + first + " connections begin otherwise already");
	}

	private static List<String> keys(@Nullable ConnectionHandshake handshake, @Nullable SessionSettings session,
			@Nullable Password password, boolean tcptalks) {
		List<String> set = new ArrayList<>();
		if (tcptalks) {
			set.add("profile tcptalks");
		}
		else if (password != null) {
			set.add("password");
		}
		if (session != null) {
			set.add("session");
		}
		if (handshake != null) {
			set.add("handshake");
		}
		return set;
	}

}
