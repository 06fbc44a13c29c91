package dev.sockets.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values that cannot work.
 */
class InvalidSettingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					reconnect.initial-delay: 0s | 'reconnect.initial-delay' is 'PT0S' but must be a positive duration
					reconnect.multiplier: 0.5   | 'reconnect.multiplier' is '0.5' but must be at least 1
					reconnect.multiplier: NaN   | 'reconnect.multiplier' is 'NaN' but must be at least 1
					reconnect.max-delay: 100ms  | 'reconnect.max-delay' is 'PT0.1S' but must be at least as long as reconnect.initial-delay
					reconnect.jitter: 1.1       | 'reconnect.jitter' is '1.1' but must be from 0 to 1
					reconnect.max-attempts: -1  | 'reconnect.max-attempts' is '-1' but must be 0 (any number) or more
					reconnect: {enabled: false, max-delay: 1s} | 'reconnect.max-delay' is '1s' but must be left out: the client does not connect again with reconnect.enabled=false
					outbound.buffer-when-disconnected: -1B | 'outbound.buffer-when-disconnected' is '-1B' but must be 0 (off) or more, at most 2047MB
					outbound.buffer-when-disconnected: 2GB | 'outbound.buffer-when-disconnected' is '2147483648B' but must be 0 (off) or more, at most 2047MB
					connect-timeout: 0s         | 'connect-timeout' is 'PT0S' but must be a positive duration
					request-timeout: 0s         | 'request-timeout' is 'PT0S' but must be a positive duration
					max-pending-requests: 0     | 'max-pending-requests' is '0' but must be at least 1
					idle-disconnect: 5s         | 'idle-disconnect' is '5s' but must be left out: with connect=always connections are not kept until they are idle
					local-port: 65536           | 'local-port' is '65536' but must be a port from 1 to 65535, or 0 for any
					local-address: localhost    | 'local-address' is 'localhost' but must be an address of this host in numbers, such as 192.0.2.7 or 2001:db8::7
					session.duplicate: allow    | 'session.duplicate' is 'allow' but must be left out: only the connections of a server are bound to names
					port: 0                     | 'port' is '0' but must be a port from 1 to 65535
					correlation.size: 0         | 'correlation.size' is '0' but must be at least 1, the bytes of the key in each frame
					correlation.offset: 2       | 'correlation.size' is not set but must be at least 1, the bytes of the key in each frame
					correlation: {offset: -1, size: 1} | 'correlation.offset' is '-1' but must be 0 or more
					correlation: nobody         | 'correlation' is 'nobody' but must be the name of a Correlation bean, but there is none
					correlation.pattern: (      | 'correlation.pattern' is '(' but must be a regular expression (Unclosed group at index 1)
					correlation: {size: 1, pattern: x} | 'correlation' is '{size=1, pattern=x}' but must be one of: the name of a Correlation bean, offset and size, pattern
					""",
			quoteCharacter = '"')
	void whenValueOfClientCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String line, String message) {
		String prefix = "sockets.tcp.client.peer.";
		String port = line.startsWith("port") ? "" : prefix + "port: 1\n";
		Yaml yaml = Yaml.of(port + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'" + prefix + message.substring(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{route-by: word}            | 'route-by' is 'word' but must be first-word, json:/<pointer> such as json:/type, or byte:<offset> such as byte:0
					{route-by: 'byte:-1', codec: bytes} | 'route-by' is 'byte:-1' but must be first-word, json:/<pointer> such as json:/type, or byte:<offset> such as byte:0
					{route-by: 'byte:x', codec: bytes} | 'route-by' is 'byte:x' but must be first-word, json:/<pointer> such as json:/type, or byte:<offset> such as byte:0
					{route-by: 'json:type', codec: json} | 'route-by' is 'json:type' but must be first-word, json:/<pointer> such as json:/type, or byte:<offset> such as byte:0
					{route-by: 'json:/type'}    | 'route-by' is 'json:/type' but must be another one: it looks into maps and lists, and the codec is 'text'
					{route-by: 'byte:0'}        | 'route-by' is 'byte:0' but must be another one: it looks into bytes, and the codec is 'text'
					{route-by: first-word, codec: bytes} | 'route-by' is 'first-word' but must be another one: it looks into text, and the codec is 'bytes'
					{route-by: first-word, profile: rpc} | 'route-by' is 'first-word' but must be left out: with rpc messages are requests, which go by their opcode
					""",
			quoteCharacter = '"')
	void whenMessagesCannotBeRoutedThenMessageNamesPathAndValueAndWhatIsAllowed(String values, String message) {
		Yaml yaml = Yaml.of("sockets.tcp.client.peer: {port: 1, " + values.substring(1));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'sockets.tcp.client.peer." + message.substring(1));
	}

	@Test
	void whenAPatternIsToFindKeysInBytesThenItFails() {
		Yaml yaml = Yaml.of("""
				sockets.tcp.client.peer:
				  port: 1
				  codec: bytes
				  correlation.pattern: x
				""");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage(
					"'sockets.tcp.client.peer.correlation.pattern' is 'x' but must be left out: it looks into text, "
							+ "and the codec is 'bytes'; use a Correlation bean");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					backlog: 0                  | 'backlog' is '0' but must be at least 1
					port: 65536                 | 'port' is '65536' but must be a port from 0 (any free one) to 65535
					port: -1                    | 'port' is '-1' but must be a port from 0 (any free one) to 65535
					host: ''                    | 'host' is '' but must be an address or a host name, or left out
					max-frame-size: 0B          | 'max-frame-size' is '0B' but must be at least 1B and at most 2047MB
					max-frame-size: 2GB         | 'max-frame-size' is '2147483648B' but must be at least 1B and at most 2047MB
					outbound.max-pending: -1KB  | 'outbound.max-pending' is '-1024B' but must be at least 1B and at most 2047MB
					read-buffer: 65KB           | 'read-buffer' is '66560' but must be from 1B to 64KB
					write-timeout: 0s           | 'write-timeout' is 'PT0S' but must be a positive duration
					frame-timeout: -1s          | 'frame-timeout' is 'PT-1S' but must be a positive duration
					idle-timeout: 0s            | 'idle-timeout' is 'PT0S' but must be a positive duration
					heartbeat.interval: 0s      | 'heartbeat.interval' is 'PT0S' but must be a positive duration
					heartbeat.timeout: 1s       | 'heartbeat.timeout' is '1s' but must be left out: there are no heartbeats without heartbeat.interval
					heartbeat: {interval: 1s, message: x, answer: echo} | 'heartbeat.answer' is 'echo' but must be another text than that of heartbeats, or heartbeat.interval left out: where both sides send heartbeats an answer has to be told from them
					ports: 7001-7000            | 'ports' is '7001-7000' but must be ports from 1 to 65535 and ranges of them, such as 7001,7010-7019
					ports: 7001,0               | 'ports' is '7001,0' but must be ports from 1 to 65535 and ranges of them, such as 7001,7010-7019
					ports: 7001,70100           | 'ports' is '7001,70100' but must be ports from 1 to 65535 and ranges of them, such as 7001,7010-7019
					ports: many                 | 'ports' is 'many' but must be ports from 1 to 65535 and ranges of them, such as 7001,7010-7019
					ports: 7001-7101            | 'ports' is '101 ports' but must be at most 100, as each takes descriptors
					socket.keep-alive-idle: 0s  | 'socket.keep-alive-idle' is '0' but must be from 1s to 32767s
					socket.keep-alive-idle: 1500ms | 'socket.keep-alive-idle' is 'PT1.5S' but must be whole seconds from 0s to 65535s
					socket.keep-alive-count: 128 | 'socket.keep-alive-count' is '128' but must be from 1 to 127
					socket: {keep-alive: false, keep-alive-interval: 1s} | 'socket.keep-alive-interval' is '1s' but must be left out: nothing is probed with socket.keep-alive=false
					read-timeout: 0s            | 'read-timeout' is 'PT0S' but must be a positive duration
					max-connection-age: -1h     | 'max-connection-age' is 'PT-1H' but must be a positive duration
					outbound.max-message-size: 0B | 'outbound.max-message-size' is '0B' but must be at least 1B and at most 2047MB
					heartbeat.message: x        | 'heartbeat.message' is 'x' but must be left out: there are no heartbeats without heartbeat.interval
					heartbeat: {interval: 1s, timeout: 0s} | 'heartbeat.timeout' is 'PT0S' but must be a positive duration
					inbox.capacity: -1          | 'inbox.capacity' is '-1' but must be 0 (off) or more
					inbox.overflow: block       | 'inbox.overflow' is 'block' but must be left out: there is no inbox without inbox.capacity
					max-connections: 0          | 'max-connections' is '0' but must be at least 1
					max-connections-per-address: 0 | 'max-connections-per-address' is '0' but must be at least 1
					max-groups: 0               | 'max-groups' is '0' but must be at least 1
					reject-delay: 11s           | 'reject-delay' is 'PT11S' but must be from 0s to 10s
					reject-delay: -1s           | 'reject-delay' is 'PT-1S' but must be from 0s to 10s
					first-data-timeout: 0s      | 'first-data-timeout' is 'PT0S' but must be a positive duration
					shutdown.grace-period: -1s  | 'shutdown.grace-period' is 'PT-1S' but must be not negative
					socket.traffic-class: 256   | 'socket.traffic-class' is '256' but must be from 0 to 255
					socket.linger: 1500ms       | 'socket.linger' is 'PT1.5S' but must be whole seconds from 0s to 65535s
					socket.send-buffer: 0B      | 'socket.send-buffer' is '0B' but must be at least 1B and at most 2047MB
					socket.receive-buffer: 0B   | 'socket.receive-buffer' is '0B' but must be at least 1B and at most 2047MB
					allow: localhost            | 'allow[0]' is 'localhost' but must be an address or a network, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32; names are not looked up, as who answers for a name would decide who may come: write its addresses
					allow: ''                   | 'allow' is '' but must be at least one value, or left out
					allow: []                   | 'allow' is '' but must be at least one value, or left out
					deny: [192.0.2.7, 10.0.0.5/8] | 'deny[1]' is '10.0.0.5/8' but must be 10.0.0.0/8, if the whole network is meant, or the address alone
					deny: '::/129'              | 'deny[0]' is '::/129' but must be one with a prefix from /0 to /128
					connect-rate: often         | 'connect-rate' is 'often' but must be a number in a time (s, m or h), such as 100/s or, in bytes, 1MB/s
					connect-rate: 1MB/s         | 'connect-rate' is '1MB/s' but must be a number of connections in a time, such as 10/s or 100/m
					connect-rate: 0/s           | 'connect-rate' is '0/s' but must be at least 1 in its time
					ban.after: 0                | 'ban.after' is '0' but must be at least 1
					ban: {after: 5, for: 0s}    | 'ban.for' is 'PT0S' but must be a positive duration of at most 30d
					ban: {after: 5, for: 31d}   | 'ban.for' is 'PT744H' but must be a positive duration of at most 30d
					ban.for: 5m                 | 'ban.for' is '5m' but must be left out: nobody is banned without ban.after
					inbound.rate: 5 a day       | 'inbound.rate' is '5 a day' but must be a number in a time (s, m or h), such as 100/s or, in bytes, 1MB/s
					inbound.on-excess: delay    | 'inbound.on-excess' is 'delay' but must be left out: nothing is too much without inbound.rate
					proxy-protocol: required    | 'proxy-protocol-from' is not set but must be the addresses of the proxies, as whoever is believed can say that he is anybody
					proxy-protocol-from: 10.0.0.1 | 'proxy-protocol-from' is '10.0.0.1' but must be left out: with proxy-protocol=none no proxy is believed
					proxy-protocol-timeout: 1s  | 'proxy-protocol-timeout' is '1s' but must be left out: with proxy-protocol=none no proxy is believed
					""",
			quoteCharacter = '"')
	void whenValueCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String line, String message) {
		String prefix = "sockets.tcp.server.echo.";
		String port = line.startsWith("port") ? "" : prefix + "port: 0\n";
		Yaml yaml = Yaml.of(port + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'" + prefix + message.substring(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					connect: on-demand, reconnect.max-attempts: 3 | 'reconnect' is '{max-attempts=3}' but must be left out: with connect=on-demand the client does not connect by itself
					connect: per-request, idle-disconnect: 5s | 'idle-disconnect' is '5s' but must be left out: with connect=per-request connections are not kept until they are idle
					connect: on-demand, idle-disconnect: 0s | 'idle-disconnect' is 'PT0S' but must be a positive duration
					connect: on-demand, outbound.buffer-when-disconnected: 1KB | 'outbound.buffer-when-disconnected' is '1KB' but must be left out: with connect=on-demand what is sent makes a connection
					connect: per-request, profile: rpc | 'connect' is 'PER_REQUEST' but must be always: requests by opcode go both ways, over a connection that stays
					""",
			quoteCharacter = '"')
	void whenKeysOfClientsThatConnectOnDemandCannotWorkThenItFails(String keys, String message) {
		Yaml yaml = Yaml.of("sockets.tcp.client.peer: {port: 1, " + keys + "}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'sockets.tcp.client.peer." + message.substring(1));
	}

	@ParameterizedTest
	@CsvSource({ "busy-message, busy", "reject-delay, 50ms" })
	void whenNothingIsRejectedThenKeysOfRejectionsFail(String key, String value) {
		Yaml yaml = Yaml.of("sockets.tcp.server.echo: {port: 0, when-full: wait, " + key + ": " + value + "}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo." + key + "' is '" + value + "' but must be left out: "
					+ "with when-full=wait only max-connections-per-address rejects connections");
	}

	@Test
	void whenPortIsMissingThenItFails() {
		Yaml server = Yaml.of("sockets.tcp.server.echo.host: localhost");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(server::server)
			.withMessageStartingWith("'sockets.tcp.server.echo.port' is not set but must be a port");
		Yaml client = Yaml.of("sockets.tcp.client.peer.host: localhost");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(client::client)
			.withMessageStartingWith("'sockets.tcp.client.peer.port' is not set but must be a port");
	}

}
