package dev.sockets.runtime.rpc;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which results of TCPTalks are errors: those that a program of Python raises.
 */
class TcptalksErrorsTests {

	private static final List<Tuple> FRAMES = List.of(Tuple.of("shop.py", 7, "buy", "raise"));

	@ParameterizedTest
	@ValueSource(strings = { "int", "dict", "KeyboardInterrupt", "SystemExit", "object", "BaseException" })
	void whenTheClassIsNoExceptionThenTheTripleIsData(String name) {
		PickledObject type = PickledObject.named("builtins", name);
		assertThat(TcptalksErrors.read(Tuple.of(type, 5, List.of(1, 2)))).isNull();
		assertThat(TcptalksErrors.read(Tuple.of(type, "text", FRAMES))).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "ValueError", "Exception", "UnicodeDecodeError", "StopIteration", "UserWarning", "IOError" })
	void whenTheClassIsAnExceptionThenTheTripleIsAnErrorWhateverItsValueIs(String name) {
		PickledObject type = PickledObject.named("builtins", name);
		for (Object value : new Object[] { "boom", 5, List.of(), null, PickledObject.call("builtins", name, "boom") }) {
			ErrorReport error = TcptalksErrors.read(Tuple.of(type, value, FRAMES));
			assertThat(error).isNotNull();
			assertThat(error.type()).isEqualTo(name);
			assertThat(error.frames()).hasSize(1);
		}
	}

	@Test
	void whenNobodyHereKnowsTheClassThenItsValueTells() {
		PickledObject type = PickledObject.named("shop", "Order");
		for (Object value : new Object[] { 5, 0.5, true, null, List.of(), Tuple.of(), new byte[0] }) {
			assertThat(TcptalksErrors.read(Tuple.of(type, value, List.of()))).isNull();
		}
		for (Object value : new Object[] { "boom", PickledObject.call("shop", "Order", "boom") }) {
			ErrorReport error = TcptalksErrors.read(Tuple.of(type, value, List.of()));
			assertThat(error).isNotNull();
			assertThat(error.type()).isEqualTo("shop.Order");
			assertThat(error.message()).isEqualTo("boom");
		}
	}

	@Test
	void whenTheFramesAreNoListOrItIsNoTupleThenItIsData() {
		PickledObject type = PickledObject.named("builtins", "ValueError");
		assertThat(TcptalksErrors.read(Tuple.of(type, "boom", 5))).isNull();
		assertThat(TcptalksErrors.read(Tuple.of(type, "boom"))).isNull();
		assertThat(TcptalksErrors.read(List.of(type, "boom", FRAMES))).isNull();
	}

}
