package dev.sockets.autoconfigure.binding;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.SessionProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.SessionSettings;

/**
 * Maps {@code handshake} and {@code session.*}. What may be a password is quoted by no
 * failure.
 */
final class HandshakeMapper {

	/** Stands for what may be a password. */
	static final String HIDDEN = "******";

	/** What the JDK says of a wrong pattern; otherwise it may quote a part of that. */
	private static final Set<String> QUOTE_NOTHING = Set.of("Unclosed group", "Unclosed character class",
			"Unmatched closing ')'", "Dangling meta character '*'", "Dangling meta character '+'",
			"Dangling meta character '?'", "Illegal repetition", "Illegal repetition range", "Unclosed counted closure",
			"Illegal character range", "Illegal/unsupported escape sequence", "Unknown look-behind group",
			"Unknown inline modifier", "Unknown group type");

	private final NamedBeans beans;

	HandshakeMapper(NamedBeans beans) {
		this.beans = beans;
	}

	/**
	 * Returns whether connections begin with anything by these keys.
	 */
	static boolean isAny(TcpConnectionProperties properties) {
		return properties.getPassword() != null || properties.getHandshake() != null || isAny(properties.getSession());
	}

	/**
	 * Returns whether any of them is a text in the charset of its entry.
	 */
	static boolean hasTexts(TcpConnectionProperties properties) {
		return isAny(properties.getSession());
	}

	private static boolean isAny(SessionProperties session) {
		return session.getHello() != null || session.getExpect() != null;
	}

	@Nullable ConnectionHandshake handshake(BoundEntry<? extends TcpConnectionProperties> entry) {
		String name = entry.properties().getHandshake();
		if (name == null) {
			return null;
		}
		return this.beans.find(name, ConnectionHandshake.class)
			.map(ConnectionHandshake.class::cast)
			.orElseThrow(() -> entry.invalid("handshake", name, choices()));
	}

	private String choices() {
		Set<String> names = this.beans.names(ConnectionHandshake.class);
		return "the name of a ConnectionHandshake bean"
				+ (names.isEmpty() ? ", of which there is none" : ": " + String.join(", ", names));
	}

	static @Nullable SessionSettings session(BoundEntry<? extends TcpConnectionProperties> entry) {
		SessionProperties session = entry.properties().getSession();
		entry.refuseEmpty("session.hello", session.getHello(), "at least one character");
		entry.refuseEmpty("session.expect", session.getExpect(), "a regular expression that says what is right");
		if (!isAny(session)) {
			entry.refuse("session.timeout", "without session.hello or session.expect nothing is waited for");
			return null;
		}
		return new SessionSettings(hello(entry, session.getHello()), expect(entry, session.getExpect()),
				Charsets.resolve(entry), session.getTimeout());
	}

	private static byte @Nullable [] hello(BoundEntry<? extends TcpConnectionProperties> entry,
			@Nullable String hello) {
		try {
			return FixedMessages.encodeIfAny(entry, "session.hello", hello);
		}
		catch (InvalidSettingException ex) {
			throw new InvalidSettingException(ex.getProperty(), HIDDEN, ex.getAllowed());
		}
	}

	private static String problem(PatternSyntaxException failure, int length) {
		String reason = QUOTE_NOTHING.contains(failure.getDescription()) ? failure.getDescription()
				: "something that cannot be shown, as it may be a part of a password";
		int index = failure.getIndex();
		String place = (index < 0) ? "" : (index >= length) ? ", seen at the end" : ", near character " + (index + 1);
		return "a regular expression, which it is not: " + reason + place
				+ "; a backslash before a character has it taken as it is";
	}

	private static @Nullable Pattern expect(BoundEntry<? extends TcpConnectionProperties> entry,
			@Nullable String expect) {
		try {
			return (expect != null) ? Pattern.compile(expect, Pattern.DOTALL) : null;
		}
		catch (PatternSyntaxException ex) {
			throw entry.invalid("session.expect", HIDDEN, problem(ex, ex.getPattern().length()));
		}
	}

}
