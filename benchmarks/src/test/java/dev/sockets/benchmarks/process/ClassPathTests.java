package dev.sockets.benchmarks.process;

import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.sockets.benchmarks.server.Need;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is on the class path of a server.
 */
class ClassPathTests {

	@Test
	void whenServerDoesNotNeedIoUringThenNoLibraryCanFindIt() {
		assertThat(ClassPath.of(Set.of())).contains("netty-transport-native-epoll").doesNotContain("io_uring");
	}

	@Test
	void whenServerNeedsIoUringThenItIsThere() {
		assertThat(ClassPath.of(Set.of(Need.IO_URING))).contains("netty-transport-native-epoll",
				"netty-transport-classes-io_uring", "netty-transport-native-io_uring");
	}

}
