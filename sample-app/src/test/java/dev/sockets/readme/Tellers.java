package dev.sockets.readme;

import java.security.Principal;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Password;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SocketAuthenticator;

@Component("tellers")
class Tellers implements SocketAuthenticator {

	private final Map<String, Password> passwords = Map.of("ada", Password.of("her secret"));

	@Override
	public @Nullable Principal authenticate(PeerLogin login) {
		Credentials sent = login.credentials();
		boolean known = sent != null && sent.password().equals(this.passwords.get(sent.username()));
		return known ? sent::username : null;
	}

}
