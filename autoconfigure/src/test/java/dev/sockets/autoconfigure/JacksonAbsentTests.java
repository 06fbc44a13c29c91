package dev.sockets.autoconfigure;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application whose class path really lacks Jackson.
 */
class JacksonAbsentTests {

	@Test
	void whenJacksonIsAbsentThenOtherCodecsWork() throws Exception {
		URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("jackson"))
			.map(JacksonAbsentTests::url)
			.toArray(URL[]::new);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> loader.loadClass("tools.jackson.databind.ObjectMapper"));
			Runnable application = (Runnable) loader.loadClass(Application.class.getName())
				.getDeclaredConstructor()
				.newInstance();
			assertThatCode(application::run).doesNotThrowAnyException();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * Runs in the class loader without Jackson.
	 */
	public static class Application implements Runnable {

		@Override
		public void run() {
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
				context.register(EchoConfiguration.class);
				Yaml.of("""
						sockets.tcp.server:
						  texts.port: 0
						  bytes:
						    port: 0
						    codec: bytes
						""").initialize(context);
				context.refresh();
				assertThat(EchoConfiguration.ask(context.getBean("texts", dev.sockets.tcp.TcpServer.class), "hello"))
					.isEqualTo("echo hello");
			}
		}

	}

}
