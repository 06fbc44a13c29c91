package dev.sockets.actuate;

import org.jspecify.annotations.Nullable;

/**
 * What an action is told beside its name.
 *
 * @param address whose ban to lift
 * @param seconds how long to trace
 * @param connection id of the only connection to trace
 */
record ActionOptions(@Nullable String address, @Nullable Integer seconds, @Nullable String connection) {

}
