/**
 * Tools to test applications that talk over sockets.
 */
@NullMarked
package dev.sockets.testkit;

import org.jspecify.annotations.NullMarked;
