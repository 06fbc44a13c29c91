package dev.sockets.benchmarks.process;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sockets.benchmarks.server.Need;

/**
 * The class path of this stand, one by one.
 */
public final class ClassPath {

	private static final String OF_REDIS = "(lettuce|spring-data|spring-boot-data|spring-boot-persistence|redis-).*";

	private ClassPath() {
	}

	/**
	 * Returns the class path for a process without what only others need: a library that
	 * finds Netty's io_uring uses it, though it was asked for nothing but the fastest,
	 * and Spring Boot makes beans of all that it finds.
	 * @param needs what the process needs
	 * @return paths of directories and jars, separated as usual
	 */
	static String of(Set<Need> needs) {
		return entries().stream()
			.filter((entry) -> needs.contains(Need.IO_URING) || !new File(entry).getName().contains("io_uring"))
			.filter((entry) -> needs.contains(Need.REDIS) || !new File(entry).getName().matches(OF_REDIS))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Returns the entries. The jar of this stand names all others in its manifest, so the
	 * classes beside it stand for it here.
	 * @return paths of directories and jars
	 */
	public static List<String> entries() {
		String path = System.getProperty("java.class.path");
		File jar = new File(path).getAbsoluteFile();
		if (!jar.isFile()) {
			return List.of(path.split(File.pathSeparator));
		}
		List<String> entries = new ArrayList<>();
		entries.add(new File(jar.getParentFile(), "classes").getPath());
		File[] jars = new File(jar.getParentFile(), "lib").listFiles();
		for (File library : (jars != null) ? jars : new File[0]) {
			entries.add(library.getPath());
		}
		return entries;
	}

}
