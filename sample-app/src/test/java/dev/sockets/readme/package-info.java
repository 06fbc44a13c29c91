/**
 * What the README shows, as it shows it, and the tests that it is true. A block of Java
 * in the README must be a part of a file of this package or of com.example.
 */
@NullMarked
package dev.sockets.readme;

import org.jspecify.annotations.NullMarked;
