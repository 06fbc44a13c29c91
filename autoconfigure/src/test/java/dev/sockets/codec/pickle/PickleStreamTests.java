package dev.sockets.codec.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real pickles of all protocols one after another are told apart, however they arrive.
 */
@Timeout(120)
class PickleStreamTests {

	private static final List<String> EXPRESSIONS = List.of("None", "'.' * 300", "b'.' * 300", "bytearray(b'...')",
			"[46, 0x2e2e, 0x2e2e2e, 2**46, 1.5]", "{'a.': (b'R', 7)}", "shop.Order('tea.', 2)", "len", "{46}",
			"shop.Keywords(1, second=2)", "list(range(3000))", "'.\\n' * 200");

	private final Framing framing = Framings.pickleStream();

	@Test
	void whenPicklesOfPythonFollowEachOtherThenTheyAreToldApart() throws IOException {
		List<byte[]> pickles = pickles();
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		pickles.forEach(stream::writeBytes);
		for (int read : List.of(1, 7, 256, stream.size())) {
			assertThat(split(stream.toByteArray(), read)).usingElementComparator(Arrays::compare)
				.containsExactlyElementsOf(pickles);
		}
	}

	@Test
	void whenPickleIsWrittenThenFramingSendsItAsItIs() {
		for (int protocol = 3; protocol <= 4; protocol++) {
			byte[] pickle = PickleCodec.builder().protocol(protocol).build().encode(List.of("a.", 1.5, new byte[300]));
			FrameOutput output = new FrameOutput(1);
			this.framing.encode(pickle, output);
			assertThat(output.array()).startsWith(pickle);
			assertThat(output.size()).isEqualTo(pickle.length);
		}
	}

	private static List<byte[]> pickles() throws IOException {
		List<byte[]> pickles = new ArrayList<>();
		try (Python python = Python.start()) {
			for (String expression : EXPRESSIONS) {
				for (int protocol = expression.contains("Keywords") ? 2 : 0; protocol <= 5; protocol++) {
					pickles.add(python.dumps(expression, protocol));
				}
			}
		}
		return pickles;
	}

	private List<byte[]> split(byte[] stream, int read) {
		List<byte[]> frames = new ArrayList<>();
		FrameWindow window = new FrameWindow();
		int start = 0;
		int scanned = 0;
		long state = 0;
		for (int end = Math.min(read, stream.length); start < stream.length; end = Math.min(end + read,
				stream.length)) {
			window.reset(stream, start, end, scanned, stream.length);
			window.state(state);
			while (window.start() < end && this.framing.next(window)) {
				int from = window.frameStart();
				frames.add(Arrays.copyOfRange(stream, from, from + window.frameLength()));
			}
			start = window.start();
			scanned = window.scanned();
			state = window.state();
		}
		return frames;
	}

}
