package dev.sockets.runtime;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a line of log quotes, it stays one line and changes no terminal. Break B7.
 */
class SafeLogTests {

	@AutoClose
	private final LogLines lines = new LogLines(SafeLogTests.class.getName());

	@Test
	void whenALineQuotesAPeerThenWhatItQuotesIsEscaped() {
		SafeLog log = SafeLog.of(SafeLogTests.class);
		String quoted = "a\r\nERROR forged\u001b[2J\u0085\u2028z";
		log.info(quoted);
		log.warn(quoted);
		log.error(quoted, null);
		assertThat(this.lines.all()).hasSize(3)
			.allSatisfy((line) -> assertThat(line.codePoints()).noneMatch(SafeLogTests::isForged))
			.allSatisfy((line) -> assertThat(line).contains("ERROR forged"));
	}

	private static boolean isForged(int character) {
		return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
	}

}
