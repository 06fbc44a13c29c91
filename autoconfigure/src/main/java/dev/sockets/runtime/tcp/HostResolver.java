package dev.sockets.runtime.tcp;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host, which may take long.
 */
@FunctionalInterface
interface HostResolver {

	InetAddress[] resolve(String host) throws UnknownHostException;

}
