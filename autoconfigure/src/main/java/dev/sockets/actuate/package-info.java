/**
 * Endpoints as Spring Boot Actuator shows them: their health, and {@code sockets}.
 */
@NullMarked
package dev.sockets.actuate;

import org.jspecify.annotations.NullMarked;
