package dev.sockets.archfixture.codec;

import dev.sockets.archfixture.autoconfigure.BrokenAutoConfiguration;
import dev.sockets.archfixture.loop.BrokenLoop;

/**
 * Closes a cycle and imports the wiring.
 */
public record BrokenCodec(BrokenLoop loop, BrokenAutoConfiguration wiring) {
}
