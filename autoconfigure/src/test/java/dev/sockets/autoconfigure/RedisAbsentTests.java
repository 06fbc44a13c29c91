package dev.sockets.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose class path has Lettuce, and that does not want it.
 */
class RedisAbsentTests {

	@Test
	void whenTypeIsNotRedisThenNoClassOfItsClientIsLoaded() throws Exception {
		assertThat(run("none")).isEmpty();
		assertThat(run("redis")).contains("io.lettuce.core.RedisClient");
	}

	private static boolean isOfRedis(String type) {
		return type.startsWith("io.lettuce.") || type.startsWith("io.netty.")
				|| type.startsWith("org.springframework.data.redis.")
				|| type.startsWith("dev.sockets.backplane.redis.");
	}

	private static Set<String> run(String type) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (RecordingLoader loader = new RecordingLoader()) {
			thread.setContextClassLoader(loader);
			((Runnable) loader.loadClass(Application.class.getName()).getConstructor(String.class).newInstance(type))
				.run();
			return loader.loaded.stream().filter(RedisAbsentTests::isOfRedis).collect(Collectors.toSet());
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static final class RecordingLoader extends URLClassLoader {

		private final Set<String> loaded = ConcurrentHashMap.newKeySet();

		private RecordingLoader() {
			super(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
				.map(RecordingLoader::url)
				.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
		}

		private static URL url(String entry) {
			try {
				return Path.of(entry).toUri().toURL();
			}
			catch (MalformedURLException ex) {
				throw new IllegalArgumentException(ex);
			}
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			this.loaded.add(name);
			return super.findClass(name);
		}

	}

	/**
	 * Runs in the recording class loader.
	 *
	 * @param type of its backplane
	 */
	public record Application(String type) implements Runnable {

		@Override
		public void run() {
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
				Yaml.of("""
						sockets:
						  tcp.server.echo.port: 0
						  backplane: {type: '%s', prefix: shop, redis.url: 'redis://localhost:1'}
						""".formatted(this.type)).initialize(context);
				context.register(SocketsRedisAutoConfiguration.class, EchoConfiguration.class);
				context.refresh();
				assertThat(EchoConfiguration.ask(context.getBean("echo", TcpServer.class), "hello"))
					.isEqualTo("echo hello");
			}
		}

	}

}
