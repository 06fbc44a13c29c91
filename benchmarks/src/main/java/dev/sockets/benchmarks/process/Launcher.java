package dev.sockets.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.uring.IoUring;
import io.netty.handler.ssl.OpenSsl;

import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;
import dev.sockets.benchmarks.server.Need;
import dev.sockets.benchmarks.server.ServerKeys;
import dev.sockets.benchmarks.server.ServerMain;

/**
 * Starts processes: all with the same Java and the same options.
 */
public final class Launcher {

	private static final int VIRTUAL_THREADS_SINCE = 21;

	private static final int NATIVE_ENGINE_SINCE = 22;

	private static final String NATIVE_ENGINE = "META-INF/versions/22/dev/sockets/loop/linux/LinuxSockets.class";

	private final Path javaHome;

	private final List<String> jvmOptions;

	private final NativePrograms programs = new NativePrograms();

	private final KeyStores keys = new KeyStores();

	/**
	 * Creates a launcher.
	 * @param javaHome the JDK that runs the servers
	 * @param jvmOptions options of each JVM
	 */
	public Launcher(Path javaHome, List<String> jvmOptions) {
		this.javaHome = javaHome;
		this.jvmOptions = List.copyOf(jvmOptions);
	}

	/**
	 * Says why somebody cannot take part here.
	 * @param contestant who
	 * @return the reason; empty when it can
	 */
	public String obstacle(Contestant contestant) {
		return contestant.needs()
			.stream()
			.sorted()
			.map(this::obstacle)
			.filter((obstacle) -> !obstacle.isEmpty())
			.findFirst()
			.orElse("");
	}

	private String obstacle(Need need) {
		return switch (need) {
			case GCC -> this.programs.obstacle();
			case VIRTUAL_THREADS -> {
				int version = JavaVersion.of(this.javaHome);
				yield (version < VIRTUAL_THREADS_SINCE) ? "it needs Java 21, this is " + version : "";
			}
			case NATIVE_ENGINE -> withoutNativeEngine(JavaVersion.of(this.javaHome));
			case IO_URING ->
				IoUring.isAvailable() ? "" : "there is no io_uring here: " + reason(IoUring.unavailabilityCause());
			case OPEN_SSL -> OpenSsl.isAvailable() ? "" : "Netty has no OpenSSL here";
			case REDIS -> RedisProcess.obstacle();
			case KEYS -> "";
		};
	}

	private static String withoutNativeEngine(int version) {
		if (version < NATIVE_ENGINE_SINCE) {
			return "it needs Java 22, this is " + version;
		}
		return (Launcher.class.getClassLoader().getResource(NATIVE_ENGINE) == null)
				? "this was built on a JDK older than 22" : "";
	}

	private static String reason(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
	}

	/**
	 * Starts a server.
	 * @param entrant which
	 * @param behaviour what it is to do
	 * @return the running server
	 * @throws IOException when it cannot be started
	 */
	public ServerProcess start(Entrant entrant, Behaviour behaviour) throws IOException {
		int port = ServerProcess.freePort();
		if (entrant.isNative()) {
			return ServerProcess.start(List.of(this.programs.compile("epoll_echo"), Integer.toString(port)), port);
		}
		List<String> options = entrant.needs().contains(Need.KEYS)
				? List.of("-D" + ServerKeys.FILE + "=" + this.keys.file()) : List.of();
		return start(options, ClassPath.of(entrant.needs()), ServerMain.class.getName(), port, entrant.id(),
				Integer.toString(port), behaviour.name());
	}

	/**
	 * Starts a JVM with what a contestant needs of this one's class path.
	 * @param main its main class, which says when it is ready
	 * @param contestant what it runs; its first argument
	 * @param port where it will listen, if it does
	 * @param arguments its further arguments
	 * @return the running process
	 * @throws IOException when it cannot be started
	 */
	public ServerProcess start(Class<?> main, Contestant contestant, int port, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of(contestant.id()));
		all.addAll(List.of(arguments));
		return start(ClassPath.of(contestant.needs()), main.getName(), port, all.toArray(String[]::new));
	}

	/**
	 * Starts a JVM.
	 * @param classPath its class path
	 * @param main its main class, which says when it is ready
	 * @param port where it will listen, if it does
	 * @param arguments its arguments
	 * @return the running process
	 * @throws IOException when it cannot be started
	 */
	public ServerProcess start(String classPath, String main, int port, String... arguments) throws IOException {
		return start(List.of(), classPath, main, port, arguments);
	}

	private ServerProcess start(List<String> options, String classPath, String main, int port, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(this.javaHome.resolve("bin" + File.separator + "java").toString());
		command.addAll(this.jvmOptions);
		command.addAll(options);
		if (JavaVersion.of(this.javaHome) >= NATIVE_ENGINE_SINCE) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of("-cp", classPath, main));
		command.addAll(List.of(arguments));
		return ServerProcess.start(command, port);
	}

	/**
	 * Describes what runs the servers.
	 * @return the version of Java and the options
	 */
	public String describe() {
		return "Java " + JavaVersion.of(this.javaHome) + " " + String.join(" ", this.jvmOptions);
	}

}
