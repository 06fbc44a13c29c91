/**
 * Internal: headers of the PROXY protocol, by which a proxy says whose connection it
 * passes on. Reads nothing itself.
 */
@NullMarked
package dev.sockets.runtime.proxy;

import org.jspecify.annotations.NullMarked;
