/**
 * The engine whose broker is Redis, by Lettuce.
 */
@NullMarked
package dev.sockets.backplane.redis;

import org.jspecify.annotations.NullMarked;
