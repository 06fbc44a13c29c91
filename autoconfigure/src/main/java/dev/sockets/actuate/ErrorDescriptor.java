package dev.sockets.actuate;

/**
 * Why something could not be done.
 *
 * @param error a sentence
 */
public record ErrorDescriptor(String error) {

}
