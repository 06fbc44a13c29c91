package dev.sockets.runtime.tcp.server;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.Transport;

/**
 * An accepted connection that is not served yet.
 *
 * @param socket its socket
 * @param transport carries its bytes
 * @param remote its peer
 * @param loop the loop that is to serve it
 */
record Newcomer(SocketChannel socket, Transport transport, InetSocketAddress remote, EventLoop loop) {

}
