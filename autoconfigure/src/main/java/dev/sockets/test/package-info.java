/**
 * Support for tests of applications with sockets. Needs {@code spring-boot-starter-test}.
 */
@NullMarked
package dev.sockets.test;

import org.jspecify.annotations.NullMarked;
