package dev.sockets.archfixture.loop;

import java.util.logging.Logger;

import dev.sockets.archfixture.codec.BrokenCodec;

/**
 * Imports upwards, logs with java.util.logging, prints, and asks for the time of day.
 */
public class BrokenLoop {

	private final Logger logger = Logger.getLogger("broken");

	void run(BrokenCodec codec) {
		this.logger.info("codec " + codec);
		System.out.println(System.currentTimeMillis());
	}

}
