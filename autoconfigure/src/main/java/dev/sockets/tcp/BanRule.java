package dev.sockets.tcp;

import java.time.Duration;

/**
 * When an address is banned.
 *
 * @param after how many offences, each within the duration of the one before
 * @param duration for how long
 */
public record BanRule(int after, Duration duration) {

}
