package dev.sockets.autoconfigure;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What may stand beside the path of a Unix domain socket, and what not.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class UnixSettingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					port: 0                  | 'port' is '0' but must be left out: there is a path
					host: localhost          | 'host' is 'localhost' but must be left out: there is a path
					ports: 1-2               | 'ports' is '1-2' but must be left out: there is a path
					socket.reuse-port: true  | 'socket.reuse-port' is 'true' but must be left out: Unix domain sockets have no such option
					socket.keep-alive: true  | 'socket.keep-alive' is 'true' but must be left out: Unix domain sockets have no such option
					socket.tcp-no-delay: false | 'socket.tcp-no-delay' is 'false' but must be left out: Unix domain sockets have no such option
					socket.traffic-class: 8  | 'socket.traffic-class' is '8' but must be left out: Unix domain sockets have no such option
					max-connections-per-address: 5 | 'max-connections-per-address' is '5' but must be left out: all peers of a Unix domain socket have one address
					allow: 127.0.0.1         | 'allow' is '127.0.0.1' but must be left out: all peers of a Unix domain socket have one address
					deny: 10.0.0.0/8         | 'deny' is '10.0.0.0/8' but must be left out: all peers of a Unix domain socket have one address
					connect-rate: 10/s       | 'connect-rate' is '10/s' but must be left out: all peers of a Unix domain socket have one address
					ban.after: 5             | 'ban.after' is '5' but must be left out: all peers of a Unix domain socket have one address
					proxy-protocol: required | 'proxy-protocol' is 'required' but must be left out: all peers of a Unix domain socket have one address
					path-permissions: 660    | 'path-permissions' is '660' but must be nine letters such as rw-rw----, for the user, the group and others; YAML makes other numbers of those like 0660
					""",
			quoteCharacter = '"')
	void whenAKeyDoesNothingBesideThePathOfAServerThenItIsRefused(String line, String message) {
		String prefix = "sockets.tcp.server.local.";
		Yaml yaml = Yaml.of(prefix + "path: /run/app.sock\n" + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'" + prefix + message.substring(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					port: 1                  | 'port' is '1' but must be left out: there is a path
					addresses: a:1           | 'addresses' is 'a:1' but must be left out: there is a path
					local-port: 5            | 'local-port' is '5' but must be left out: a path is not connected to from an address
					local-address: 127.0.0.1 | 'local-address' is '127.0.0.1' but must be left out: a path is not connected to from an address
					socket.reuse-address: true | 'socket.reuse-address' is 'true' but must be left out: Unix domain sockets have no such option
					""",
			quoteCharacter = '"')
	void whenAKeyDoesNothingBesideThePathOfAClientThenItIsRefused(String line, String message) {
		String prefix = "sockets.tcp.client.local.";
		Yaml yaml = Yaml.of(prefix + "path: /run/app.sock\n" + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'" + prefix + message.substring(1));
	}

	@Test
	void whenAPathIsTooLongOrNoneThenItIsRefused() {
		String longest = "/" + "x".repeat(106);
		assertThat(Yaml.of("sockets.tcp.server.a.path: " + longest).server().path()).isEqualTo(Path.of(longest));
		for (String group : new String[] { "server", "client" }) {
			Yaml tooLong = Yaml.of("sockets.tcp." + group + ".a.path: " + longest + "x");
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> (group.equals("server") ? tooLong.server() : tooLong.client()).toString())
				.withMessage("'sockets.tcp." + group + ".a.path' is '" + longest
						+ "x' but must be a path of at most 107 bytes, from the root on: operating systems allow no more");
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.server.a.path: '@abstract'").server())
			.withMessageContaining("Java knows no sockets without one");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.server.a: {port: 0, path-permissions: rw-rw-rw-}").server())
			.withMessageContaining("only a path has permissions");
	}

	@Test
	void whenDefaultsAreAboutTcpThenTheyAreForOtherEntries() {
		Yaml yaml = Yaml.of("""
				sockets.tcp.server-defaults:
				  host: 127.0.0.1
				  max-connections-per-address: 5
				  allow: 127.0.0.1
				  ban.after: 3
				  socket: {keep-alive: true, traffic-class: 8, receive-buffer: 8KB}
				sockets.tcp.server.local:
				  path: app/../app.sock
				  path-permissions: rw-rw----
				""");
		TcpServerSettings settings = yaml.server();
		assertThat(settings.path()).isEqualTo(Path.of("app.sock").toAbsolutePath());
		assertThat(settings.pathPermissions()).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
		assertThat(settings.maxConnectionsPerAddress()).isNull();
		assertThat(settings.access().allow()).isEmpty();
		assertThat(settings.connection().socketOptions())
			.isEqualTo(new SocketOptions(true, null, 8192, null, null, null, null));
	}

	@Test
	void whenAClientHasAPathOrOneAmongItsAddressesThenPeersAreThese() {
		assertThat(Yaml.of("sockets.tcp.client.a.path: /run/a.sock").client().peers())
			.containsExactly(Peer.unix(Path.of("/run/a.sock")));
		assertThat(Yaml.of("sockets.tcp.client.a.addresses: unix:/run/a.sock,localhost:7001").client().peers())
			.containsExactly(Peer.unix(Path.of("/run/a.sock")), new Peer("localhost", 7001));
	}

}
