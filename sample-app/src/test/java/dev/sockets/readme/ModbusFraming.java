package dev.sockets.readme;

import java.nio.ByteBuffer;

import org.springframework.stereotype.Component;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;

@Component("modbus")
class ModbusFraming implements Framing {

	private static final int HEADER = 6;

	private static final int LENGTH = 4;

	@Override
	public boolean next(FrameWindow window) {
		int available = window.end() - window.start();
		if (available < HEADER) {
			return false;
		}
		short rest = ByteBuffer.wrap(window.array()).getShort(window.start() + LENGTH);
		int size = HEADER + Short.toUnsignedInt(rest);
		if (size > window.maxFrameSize()) {
			throw new SocketOperationException(SocketErrorCode.FRAME_TOO_LARGE, "A frame of " + size + " bytes");
		}
		if (available < size) {
			return false;
		}
		int next = window.start() + size;
		window.frame(window.start(), next, next);
		return true;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		output.write(payload);
	}

}
