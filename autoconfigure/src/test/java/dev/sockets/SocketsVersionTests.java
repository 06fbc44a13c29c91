package dev.sockets;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SocketsVersionTests {

	private static final String CLASS = SocketsVersion.class.getName().replace('.', '/') + ".class";

	@TempDir
	private Path directory;

	@Test
	void whenClassesComeFromAJarThenItIsTheVersionOfTheJar() throws Exception {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
		assertThat(versionIn(jar(manifest))).isEqualTo("1.2.3");
	}

	@Test
	void whenTheJarHasLostItsManifestThenThereIsNone() throws Exception {
		assertThat(versionIn(jar(new Manifest()))).isNull();
	}

	private Path jar(Manifest manifest) throws IOException {
		Path file = this.directory.resolve("sockets.jar");
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
				InputStream bytes = SocketsVersion.class.getResourceAsStream("SocketsVersion.class")) {
			jar.putNextEntry(new JarEntry(CLASS));
			bytes.transferTo(jar);
			jar.closeEntry();
		}
		return file;
	}

	private static Object versionIn(Path jar) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() },
				ClassLoader.getPlatformClassLoader())) {
			Class<?> version = loader.loadClass(SocketsVersion.class.getName());
			assertThat(version).isNotSameAs(SocketsVersion.class);
			return version.getMethod("getVersion").invoke(null);
		}
	}

}
