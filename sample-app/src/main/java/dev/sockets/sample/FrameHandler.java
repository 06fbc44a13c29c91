package dev.sockets.sample;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sockets.event.MessageReceivedEvent;

/**
 * Answers each frame with its CRC-32. Payloads are bytes, so endpoints that speak text
 * don't come here.
 */
@Component
class FrameHandler {

	@EventListener
	void on(MessageReceivedEvent<byte[]> event) {
		CRC32 checksum = new CRC32();
		checksum.update(event.getPayload());
		event.reply(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
	}

}
