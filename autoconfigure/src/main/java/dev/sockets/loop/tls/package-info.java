/**
 * TLS as a layer over another transport: the handshake, records in and out. Internal: the
 * JDK only, no type here is for applications.
 *
 * <p>
 * The library tls-channel was looked at first and not taken. It tells by exceptions that
 * it has to wait, writes each record by itself, ends a stream that was cut off like one
 * that was ended, and its buffers belong to a channel for as long as it has begun a
 * record. Here many replies leave in few records and one write, and what is at rest owns
 * no buffers.
 */
@NullMarked
package dev.sockets.loop.tls;

import org.jspecify.annotations.NullMarked;
