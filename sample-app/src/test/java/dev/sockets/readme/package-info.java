/**
 * What the README and the documentation show, as they show it, and the tests that it is
 * true. A block of Java there must be a part of a file of this package or of com.example.
 */
@NullMarked
package dev.sockets.readme;

import org.jspecify.annotations.NullMarked;
