package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameOutput}.
 */
class FrameOutputTests {

	@Test
	void growsFromNothingAndKeepsItsRoomWhenReset() {
		FrameOutput output = new FrameOutput(0);
		output.write(0x161);
		output.write(TestBytes.of("bcd"));
		assertThat(output.array()).startsWith('a', 'b', 'c', 'd');
		assertThat(output.size()).isEqualTo(4);
		byte[] room = output.array();
		output.reset();
		output.write('x');
		assertThat(output.size()).isOne();
		assertThat(output.array()).isSameAs(room);
	}

}
