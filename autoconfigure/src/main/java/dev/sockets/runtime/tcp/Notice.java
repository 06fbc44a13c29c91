package dev.sockets.runtime.tcp;

/**
 * Something to be told between two messages.
 *
 * @param action tells it
 */
record Notice(Runnable action) {

}
