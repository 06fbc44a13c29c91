package dev.sockets.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.SocketEndpoint;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README and all pages of the documentation show works, and their links lead
 * somewhere. The configuration of {@code tls.md} needs certificates, and has a test of
 * its own: {@code TlsDocumentTests}.
 */
class ReadmePagesTests {

	private static final List<Path> EXAMPLES = List.of(Path.of("src/test/java/dev/sockets/readme"),
			Path.of("src/test/java/com/example"));

	private static final String ENTRY = "sockets.tcp.server.shown:\n  port: 0\n";

	private static final List<String> sources = EXAMPLES.stream()
		.flatMap(ReadmePagesTests::list)
		.map(ReadmePagesTests::read)
		.map(Page::withoutIndentation)
		.toList();

	@ParameterizedTest
	@MethodSource("javaBlocks")
	void whenJavaIsShownThenItIsCompiled(Page page, String block) {
		String shown = Page.withoutIndentation(block);
		assertThat(sources).as(block).anyMatch((source) -> source.contains(shown));
	}

	@ParameterizedTest
	@MethodSource("yamlBlocks")
	void whenYamlIsShownThenApplicationStartsWithIt(Page page, String block) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withUserConfiguration(ReadmeConfiguration.class)
			.withInitializer(new YamlFile(withEntry(block)))
			.withPropertyValues("ROBOT_PASSWORD=secret", "sockets.tcp.server-defaults.auto-startup=false",
					"sockets.tcp.client-defaults.auto-startup=false",
					"sockets.multicast.receiver-defaults.auto-startup=false",
					"sockets.multicast.sender-defaults.auto-startup=false",
					"sockets.udp.receiver-defaults.auto-startup=false",
					"sockets.udp.sender-defaults.auto-startup=false")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeansOfType(SocketEndpoint.class)).isNotEmpty();
			});
	}

	@ParameterizedTest
	@MethodSource("manifests")
	void whenManifestIsShownThenItIsWhatKubernetesReads(Page page, String block) {
		assertThat(new Yaml().loadAll(block)).isNotEmpty()
			.allSatisfy((manifest) -> assertThat(manifest).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("apiVersion", "kind", "metadata", "spec"));
		assertThat(block).doesNotContain("\t");
	}

	@ParameterizedTest
	@MethodSource("pagesWithLinks")
	void whenPageLinksThenTheTargetIsThere(Page page) {
		assertThat(page.links()).filteredOn((link) -> !link.startsWith("http")).allSatisfy((link) -> {
			int mark = (link + "#").indexOf('#');
			Path target = (mark > 0) ? page.path().resolveSibling(link.substring(0, mark)) : page.path();
			assertThat(target).exists();
			if (mark < link.length()) {
				assertThat(Page.at(target).anchors()).contains(link.substring(mark + 1));
			}
		});
	}

	@Test
	void whenTheReadmeIsReadThenItIsShort() {
		assertThat(Page.readme().text().lines().count()).isLessThan(300);
	}

	@Test
	void whenThereIsAPageThenTheIndexLeadsToIt() {
		assertThat(Page.of("README").links())
			.containsAll(Page.docs().map(Page::toString).filter((name) -> !name.equals("README.md")).toList());
	}

	private static Stream<Arguments> javaBlocks() {
		return blocks("java", Page.all().stream());
	}

	private static Stream<Arguments> manifests() {
		return blocks("yml", Page.all().stream());
	}

	private static Stream<Arguments> yamlBlocks() {
		return blocks("yaml", Page.all().stream().filter((page) -> !page.toString().equals("tls.md")));
	}

	private static Stream<Arguments> blocks(String language, Stream<Page> pages) {
		return pages.flatMap((page) -> page.blocks(language).stream().map((block) -> Arguments.of(page, block)));
	}

	private static Stream<Page> pagesWithLinks() {
		return Stream.concat(Page.all().stream(), Stream.of("CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md")
			.map((name) -> Page.at(Path.of("..", name))));
	}

	/**
	 * Returns a whole configuration: what is shown without the name of an endpoint is a
	 * part of the entry of one.
	 */
	private static String withEntry(String block) {
		return block.startsWith("sockets") ? block : ENTRY + block.indent(2);
	}

	private static Stream<Path> list(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path path) {
		try {
			return Files.readString(path, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
