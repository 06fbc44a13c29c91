/**
 * The codec for Python's pickle: a reader that loads and calls nothing, and a writer.
 */
@NullMarked
package dev.sockets.codec.pickle;

import org.jspecify.annotations.NullMarked;
