package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.Payloads;

/**
 * An answer, and what its codec makes of the bytes that the peer has sent.
 *
 * @param payload the answer; {@code null} when it is that
 * @param payloads converts it to what the codec decodes those bytes to
 */
public record ReceivedAnswer(@Nullable Object payload, Payloads payloads) {
}
