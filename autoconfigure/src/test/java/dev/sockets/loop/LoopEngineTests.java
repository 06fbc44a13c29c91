package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where the native engine is taken, and what is said where it is not.
 */
class LoopEngineTests {

	private static final Machine.Finder WORKING = () -> new Sockets(null, null);

	@ParameterizedTest
	@ValueSource(strings = { "amd64", "aarch64" })
	void whenAllIsThereThenItIsTaken(String architecture) {
		LoopEngine engine = LoopEngine.automatic(new Machine("Linux", architecture, 22, false, WORKING));
		assertThat(engine.name()).isEqualTo("native");
		assertThat(engine.description()).isEqualTo("native (epoll, io_uring)");
		assertThat(engine.unfit()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Mac OS X | aarch64 | 25 | false | this is Mac OS X on aarch64
			Windows 11 | amd64 | 25 | false | this is Windows 11 on amd64
			Linux | riscv64 | 25 | false | this is Linux on riscv64
			Linux | amd64 | 21 | false | this is Java 21
			Linux | amd64 | 25 | true | this is a native image
			""")
	void whenTheMachineIsAnotherThenItIsNioAndSaysWhy(String system, String architecture, int java, boolean image,
			String why) {
		Machine machine = new Machine(system, architecture, java, image, WORKING);
		LoopEngine engine = LoopEngine.automatic(machine);
		assertThat(engine.name()).isEqualTo("nio");
		assertThat(engine.description()).isEqualTo("nio (not native: " + why + ")");
		assertThat(engine.provider()).isSameAs(SelectorProvider.provider());
		assertThatExceptionOfType(UnfitEngineException.class).isThrownBy(machine::openNative).withMessage(why);
	}

	@Test
	void whenNativeAccessIsNotGrantedThenNothingIsTriedAndTheFlagIsNamed() {
		Machine machine = linux(() -> new Sockets("ALL-UNNAMED", new AssertionError("tried")));
		assertThat(LoopEngine.automatic(machine).name()).isEqualTo("nio");
		assertThatExceptionOfType(UnfitEngineException.class).isThrownBy(machine::openNative)
			.withMessage("native access is not enabled")
			.satisfies((ex) -> assertThat(ex.remedy()).contains("--enable-native-access=ALL-UNNAMED"));
	}

	@Test
	void whenTheJarHasNoneThenThatIsSaid() {
		Machine machine = linux(() -> {
			throw new ClassNotFoundException("LinuxSockets");
		});
		assertThat(LoopEngine.automatic(machine).description()).contains("was built without it");
		assertThatExceptionOfType(UnfitEngineException.class).isThrownBy(machine::openNative)
			.satisfies((ex) -> assertThat(ex.remedy()).contains("JDK 22"));
	}

	@Test
	void whenTheSelfTestFailsThenItIsNioAndSaysWhy() {
		assertThat(failing(new IOException("nothing came within ten seconds")))
			.isEqualTo("nio (not native: it has failed its self-test: nothing came within ten seconds)");
	}

	@Test
	void whenALibraryIsMissingThenItIsNioAndSaysWhy() {
		assertThat(failing(new ExceptionInInitializerError(new UnsatisfiedLinkError("no recv"))))
			.isEqualTo("nio (not native: it has failed its self-test: no recv)");
	}

	@Test
	void whenIoUringIsForbiddenThenItIsTakenWithoutAndSaysSo() {
		Sockets sockets = new Sockets(null, null) {

			@Override
			public String withoutRing() {
				return "Operation not permitted";
			}

		};
		assertThat(LoopEngine.automatic(linux(() -> sockets)).description())
			.isEqualTo("native (epoll without io_uring: Operation not permitted)");
	}

	private static String failing(Throwable failure) {
		return LoopEngine.automatic(linux(() -> new Sockets(null, failure))).description();
	}

	private static Machine linux(Machine.Finder finder) {
		return new Machine("Linux", "amd64", 25, false, finder);
	}

	private static class Sockets implements NativeSockets {

		private final @Nullable String withoutAccess;

		private final @Nullable Throwable failure;

		Sockets(@Nullable String withoutAccess, @Nullable Throwable failure) {
			this.withoutAccess = withoutAccess;
			this.failure = failure;
		}

		@Override
		public @Nullable String withoutAccess() {
			return this.withoutAccess;
		}

		@Override
		public SelectorProvider open() throws IOException {
			if (this.failure instanceof IOException io) {
				throw io;
			}
			if (this.failure instanceof Error error) {
				throw error;
			}
			return SelectorProvider.provider();
		}

		@Override
		public @Nullable String withoutRing() {
			return null;
		}

	}

}
