package dev.sockets.runtime.tcp.client;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host, which may take long.
 */
@FunctionalInterface
interface HostResolver {

	InetAddress[] resolve(String host) throws UnknownHostException;

}
