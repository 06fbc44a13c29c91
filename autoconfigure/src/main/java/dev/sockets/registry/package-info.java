/**
 * All endpoints of an application by name, and those that are made while it runs.
 */
@NullMarked
package dev.sockets.registry;

import org.jspecify.annotations.NullMarked;
