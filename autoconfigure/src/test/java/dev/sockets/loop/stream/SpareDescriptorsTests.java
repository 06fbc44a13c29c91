package dev.sockets.loop.stream;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
class SpareDescriptorsTests {

	/**
	 * Without what the JVM itself opens now and then, which would count when the machine
	 * stops meanwhile.
	 */
	@Test
	void whenNoDescriptorHasComeBackThenTheSpareOnesStayWithTheApplication() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder("sh", "-c", "ulimit -n 300; exec \"$@\"", "sh", java, "-Xmx64m", "-Xint",
				"-XX:-UseContainerSupport", "-cp", System.getProperty("java.class.path"),
				ScarceDescriptors.class.getName())
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(output.lines()).containsExactly("without relief: held false, free 8",
					"with relief: held true, free 1");
		}
		finally {
			process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
		}
	}

}
