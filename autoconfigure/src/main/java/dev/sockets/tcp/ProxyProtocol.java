package dev.sockets.tcp;

/**
 * Whether a server is told by a proxy whom a connection is from, as HAProxy's PROXY
 * protocol has it.
 */
public enum ProxyProtocol {

	/** It is not. */
	NONE,

	/** Proxies may tell it; other peers of their addresses may come too. */
	OPTIONAL,

	/** All connections come through proxies, which tell it. */
	REQUIRED

}
