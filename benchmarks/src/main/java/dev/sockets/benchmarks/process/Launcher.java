package dev.sockets.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.handler.ssl.OpenSsl;

import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Entrant;
import dev.sockets.benchmarks.server.ServerKeys;
import dev.sockets.benchmarks.server.ServerMain;

/**
 * Starts processes: all with the same Java and the same options.
 */
public final class Launcher {

	private static final int WARNS_OF_NATIVE_ACCESS = 24;

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
	 * Says why a server cannot take part here.
	 * @param entrant the server
	 * @return the reason; empty when it can
	 */
	public String obstacle(Entrant entrant) {
		if (entrant.isNative()) {
			return this.programs.obstacle();
		}
		if (entrant == Entrant.NETTY_TLS_OPENSSL && !OpenSsl.isAvailable()) {
			return "Netty has no OpenSSL here";
		}
		int version = JavaVersion.of(this.javaHome);
		return (version < entrant.needsJava()) ? "it needs Java " + entrant.needsJava() + ", this is " + version : "";
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
		List<String> options = entrant.usesTls() ? List.of("-D" + ServerKeys.FILE + "=" + this.keys.file()) : List.of();
		return start(options, System.getProperty("java.class.path"), ServerMain.class.getName(), port, entrant.id(),
				Integer.toString(port), behaviour.name());
	}

	/**
	 * Starts a JVM with this one's class path.
	 * @param main its main class, which says when it is ready
	 * @param port where it will listen, if it does
	 * @param arguments its arguments
	 * @return the running process
	 * @throws IOException when it cannot be started
	 */
	public ServerProcess start(Class<?> main, int port, String... arguments) throws IOException {
		return start(System.getProperty("java.class.path"), main.getName(), port, arguments);
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
		if (JavaVersion.of(this.javaHome) >= WARNS_OF_NATIVE_ACCESS) {
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
