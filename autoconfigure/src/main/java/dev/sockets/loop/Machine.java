package dev.sockets.loop;

import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * What decides whether the native engine works.
 *
 * @param system the name of the operating system
 * @param architecture of the processor
 * @param java the feature version of Java
 * @param image whether this is a native image
 * @param finder finds the native sockets
 */
record Machine(String system, String architecture, int java, boolean image, Finder finder) {

	private static final int LEAST_JAVA = 22;

	private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

	private static final String SOCKETS = "dev.sockets.loop.linux.LinuxSockets";

	/** Finds the native sockets. */
	interface Finder {

		NativeSockets find() throws ReflectiveOperationException;

	}

	static Machine present() {
		return new Machine(System.getProperty("os.name"), System.getProperty("os.arch"), Runtime.version().feature(),
				System.getProperty("org.graalvm.nativeimage.imagecode") != null, Machine::load);
	}

	private static NativeSockets load() throws ReflectiveOperationException {
		return (NativeSockets) Class.forName(SOCKETS).getDeclaredConstructor().newInstance();
	}

	/**
	 * Opens the native engine.
	 * @return the engine, tried out
	 * @throws UnfitEngineException when it does not work here
	 */
	LoopEngine openNative() {
		if (!this.system.equals("Linux") || !ARCHITECTURES.contains(this.architecture)) {
			throw new UnfitEngineException("this is %s on %s".formatted(this.system, this.architecture),
					"run on Linux on x86-64 or aarch64", null);
		}
		if (this.image) {
			throw new UnfitEngineException("this is a native image", "run on a JVM", null);
		}
		if (this.java < LEAST_JAVA) {
			throw new UnfitEngineException("this is Java " + this.java, "run on Java 22 or newer", null);
		}
		NativeSockets sockets = find();
		String without = sockets.withoutAccess();
		if (without != null) {
			throw new UnfitEngineException("native access is not enabled",
					"start Java with --enable-native-access=" + without
							+ ", or have the manifest of the application's jar say 'Enable-Native-Access: ALL-UNNAMED'",
					null);
		}
		return new LoopEngine(open(sockets), sockets, null);
	}

	private NativeSockets find() {
		try {
			return this.finder.find();
		}
		catch (ReflectiveOperationException ex) {
			throw new UnfitEngineException("this jar of Sockets for Spring Boot was built without it",
					"use a jar that was built on JDK 22 or newer, and that is read as a multi-release jar", ex);
		}
	}

	private static SelectorProvider open(NativeSockets sockets) {
		try {
			return sockets.open();
		}
		catch (Exception | LinkageError | AssertionError ex) {
			throw failed(ex);
		}
	}

	private static UnfitEngineException failed(Throwable cause) {
		Throwable root = cause;
		for (Throwable next = cause; next != null; next = next.getCause()) {
			root = next;
		}
		String said = root.getMessage();
		return new UnfitEngineException(
				"it has failed its self-test: " + ((said != null) ? said : root.getClass().getSimpleName()),
				"mend what that says (with --debug the log has more of it)", cause);
	}

}
