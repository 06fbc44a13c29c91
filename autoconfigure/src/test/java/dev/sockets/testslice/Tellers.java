package dev.sockets.testslice;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SocketAuthenticator;

@Component
class Tellers implements SocketAuthenticator {

	@Override
	public @Nullable Principal authenticate(PeerLogin login) {
		return null;
	}

}
