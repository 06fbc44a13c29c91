package dev.sockets.benchmarks.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Reads which version a JDK has.
 */
final class JavaVersion {

	private JavaVersion() {
	}

	/**
	 * Returns the version.
	 * @param javaHome where the JDK is
	 * @return its feature version, as 17
	 */
	static int of(Path javaHome) {
		Properties release = new Properties();
		try (Reader reader = Files.newBufferedReader(javaHome.resolve("release"))) {
			release.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(javaHome + " is no JDK", ex);
		}
		String version = release.getProperty("JAVA_VERSION").replace("\"", "");
		return Runtime.Version.parse(version).feature();
	}

}
