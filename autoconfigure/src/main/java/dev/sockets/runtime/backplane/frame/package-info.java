/**
 * What goes between nodes, as bytes and back: frames, their bodies and signatures.
 */
@NullMarked
package dev.sockets.runtime.backplane.frame;

import org.jspecify.annotations.NullMarked;
