/**
 * What the bytes of a frame mean.
 */
@NullMarked
package dev.sockets.codec;

import org.jspecify.annotations.NullMarked;
