/**
 * The sample application.
 */
@NullMarked
package dev.sockets.sample;

import org.jspecify.annotations.NullMarked;
