/**
 * What all kinds of socket endpoint have in common.
 */
@NullMarked
package dev.sockets;

import org.jspecify.annotations.NullMarked;
