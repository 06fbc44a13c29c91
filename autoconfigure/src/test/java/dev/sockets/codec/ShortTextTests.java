package dev.sockets.codec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Short texts are sent as they are, also the first one after many long ones. In a JVM of
 * its own, as the compiler of JDK 17 is to have compiled what no short text has passed.
 */
@Timeout(120)
class ShortTextTests {

	public static void main(String[] args) throws Exception {
		Codec codec = Codecs.text(StandardCharsets.UTF_8);
		Random random = new Random(1);
		int failed = 0;
		for (int i = 0; i < 2_000_000; i++) {
			String text = "x".repeat((i < 1_000_000) ? Integer.parseInt(args[0]) : random.nextInt(20));
			try {
				codec.encode(text);
			}
			catch (RuntimeException ex) {
				failed++;
			}
		}
		System.out.print(failed + " have failed");
	}

	@Test
	void whenOnlyLongTextsWereSentThenShortOnesAreSentToo() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, "-Xmx128m", "-cp", System.getProperty("java.class.path"),
				ShortTextTests.class.getName(), "100")
			.redirectErrorStream(true)
			.start();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isEqualTo("0 have failed");
	}

}
