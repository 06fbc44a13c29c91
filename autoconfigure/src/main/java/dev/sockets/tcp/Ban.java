package dev.sockets.tcp;

import java.time.Instant;

/**
 * Addresses from which a server takes no connections for a while.
 *
 * @param addresses an address, or the IPv6 network of 64 bits that it is in
 * @param until when the ban ends
 */
public record Ban(AddressRange addresses, Instant until) {

}
