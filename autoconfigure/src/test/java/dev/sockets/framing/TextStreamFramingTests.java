package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#octetCounting}, {@link Framings#ndjson} and
 * {@link Framings#endOfStream}, and for what {@link Framings#jsonStream} forgives.
 */
class TextStreamFramingTests {

	@Test
	void octetCountingIsToldByTheFirstByte() {
		TestConnection syslog = new TestConnection(Framings.octetCounting(), 20)
			.receive("5 <1>ab<2>line\r\n7 <3>a\nbc\n\n<4>x\n");
		assertThat(syslog.texts()).containsExactly("<1>ab", "<2>line", "<3>a\nbc", "<4>x");
		assertThat(TestBytes.encode(Framings.octetCounting(), "<1>ab")).isEqualTo("5 <1>ab");
	}

	@Test
	void octetCountBeyondTheLimitOrWithoutASpaceIsRefused() {
		assertThat(new TestConnection(Framings.octetCounting(), 10).receive("10 0123456789").texts()).hasSize(1);
		assertTooLarge(() -> new TestConnection(Framings.octetCounting(), 10).receive("11"));
		assertTooLarge(() -> new TestConnection(Framings.octetCounting(), 10).receive("<0123456789"));
		assertMalformed(() -> new TestConnection(Framings.octetCounting(), 10).receive("5x"));
		assertMalformed(() -> new TestConnection(Framings.octetCounting(), 10).receive("05 12345"));
		assertMalformed(() -> TestBytes.encode(Framings.octetCounting(), ""));
	}

	@Test
	void ndjsonSkipsBlankLines() {
		TestConnection ndjson = new TestConnection(Framings.ndjson(), 10).receive("\n\r\n{}\n \t\n")
			.receive("\n[1]\r\n\n");
		assertThat(ndjson.texts()).containsExactly("{}", "[1]");
		assertThat(ndjson.unconsumed()).isZero();
		assertMalformed(() -> TestBytes.encode(Framings.ndjson(), " "));
	}

	@Test
	void endOfStreamIsOneFrame() {
		TestConnection all = new TestConnection(Framings.endOfStream(), 4).receive("ab").receive("cd");
		assertThat(all.frames()).isEmpty();
		assertThat(all.end().texts()).containsExactly("abcd");
		assertTooLarge(() -> new TestConnection(Framings.endOfStream(), 4).receive("abcde"));
		assertThat(TestBytes.encode(Framings.endOfStream(), "ab")).isEqualTo("ab");
	}

	@Test
	void jsonStreamForgivesMarksZerosAndCommasBetweenValues() {
		TestConnection json = new TestConnection(Framings.jsonStream(), 10)
			.receive("\u00EF\u00BB\u00BF{},\n{}\0{} , {}");
		assertThat(json.texts()).containsExactly("{}", "{}", "{}", "{}");
		assertThat(json.receive("\u00EF").receive("\u00BB").receive("\u00BF{}").texts()).hasSize(5);
		assertMalformed(() -> json.receive("\u00EF\u00BBx"));
		assertMalformed(() -> new TestConnection(Framings.jsonStream(), 10).receive(";"));
	}

}
