package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users whom Spring Security knows log in.
 */
@Timeout(120)
class SocketsSecurityAutoConfigurationTests {

	private static final String WELCOME = "SOCKETS-LOGIN/1 WELCOME";

	private static final String REFUSED = "SOCKETS-LOGIN/1 REFUSED";

	private static final String SERVER = "sockets.tcp.server.counter.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsSecurityAutoConfiguration.class))
		.withUserConfiguration(EchoConfiguration.class)
		.withPropertyValues(SERVER + "port=0", SERVER + "host=127.0.0.1");

	private final ApplicationContextRunner secured = this.runner.withUserConfiguration(Users.class)
		.withPropertyValues(SERVER + "authenticator=springSecurityAuthenticator", SERVER + "handshake-timeout=30s");

	@Test
	void whenSpringSecurityIsNotThereThenNothingIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(AuthenticationManager.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketAuthenticator.class));
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketAuthenticator.class));
	}

	@Test
	void whenAUserIsKnownThenItIsLetInAndIsThePrincipal() {
		this.secured.run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket socket = connect(server)) {
				assertThat(ask(socket, logIn("ada", "s3cret"))).isEqualTo(WELCOME);
				assertThat(ask(socket, "hello")).isEqualTo("echo hello");
				Principal principal = server.getConnections().iterator().next().getPrincipal().orElseThrow();
				assertThat(principal.getName()).isEqualTo("ada");
				assertThat(principal).isInstanceOfSatisfying(Authentication.class, (authentication) -> {
					assertThat(authentication.getAuthorities()).extracting("authority").contains("ROLE_TELLER");
					assertThat(authentication.getCredentials()).isNull();
					assertThat(authentication.getDetails()).isEqualTo(socket.getLocalSocketAddress());
				});
			}
		});
	}

	@Test
	void whenAUserIsNotKnownOrMayNotThenItIsRefused() {
		this.secured.run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			assertThat(answer(server, logIn("ada", "guess"))).isEqualTo(REFUSED);
			assertThat(answer(server, logIn("bob", "s3cret"))).isEqualTo(REFUSED);
			assertThat(answer(server, logIn("eve", "s3cret"))).isEqualTo(REFUSED);
			Awaitility.await()
				.until(() -> server.statistics().connections().rejected().getOrDefault("AUTHENTICATION", 0L) == 3);
		});
	}

	@Test
	void whenSpringSecurityCannotTellThenNobodyIsBlamed() {
		AtomicInteger count = new AtomicInteger();
		this.runner.withBean(AuthenticationManager.class, () -> (request) -> {
			switch (count.incrementAndGet() % 3) {
				case 0 -> throw new AuthenticationServiceException("the directory is down");
				case 1 -> throw new IllegalStateException("the directory is down");
				default -> throw new StackOverflowError();
			}
		})
			.withPropertyValues(SERVER + "authenticator=springSecurityAuthenticator", SERVER + "ban.after=1")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				for (int i = 0; i < 6; i++) {
					assertThat(answer(server, logIn("ada", "s3cret"))).isNull();
				}
				Awaitility.await()
					.until(() -> server.statistics().connections().rejected().getOrDefault("AUTHENTICATION", 0L) == 6);
				assertThat(server.getBans()).isEmpty();
			});
	}

	@Test
	void whenARefusalCannotBeLookedAtThenItIsOneAllTheSame() {
		this.runner.withBean(AuthenticationManager.class, () -> (request) -> {
			throw new UnspeakableRefusal();
		})
			.withPropertyValues(SERVER + "authenticator=springSecurityAuthenticator")
			.run((context) -> assertThat(answer(context.getBean(TcpServer.class), logIn("ada", "s3cret")))
				.isEqualTo(REFUSED));
	}

	@Test
	void whenSpringSecurityBlocksThenThePeerIsTurnedAwayAtTheDeadlineAndOthersAreServed() {
		CountDownLatch never = new CountDownLatch(1);
		this.runner.withBean(AuthenticationManager.class, () -> (request) -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return request;
		})
			.withPropertyValues(SERVER + "authenticator=springSecurityAuthenticator",
					SERVER + "handshake-timeout=500ms", "sockets.tcp.server.open.port=0")
			.run((context) -> {
				TcpServer server = context.getBean("counter", TcpServer.class);
				try (Socket socket = connect(server)) {
					send(socket, logIn("ada", "s3cret"));
					assertThat(EchoConfiguration.ask(context.getBean("open", TcpServer.class), "hello"))
						.isEqualTo("echo hello");
					assertThat(socket.getInputStream().read()).isEqualTo(-1);
				}
			});
	}

	@Test
	void whenNobodyIsAuthenticatedByTheAnswerThenItIsRefused() {
		this.runner.withBean(AuthenticationManager.class, () -> (request) -> request)
			.withPropertyValues(SERVER + "authenticator=springSecurityAuthenticator")
			.run((context) -> assertThat(answer(context.getBean(TcpServer.class), logIn("ada", "s3cret")))
				.isEqualTo(REFUSED));
	}

	@Test
	void whenOurClientLogsInThenItIsServed() {
		this.secured.run((context) -> {
			int port = context.getBean(TcpServer.class).getLocalAddress().getPort();
			new ApplicationContextRunner().withUserConfiguration(EchoConfiguration.class)
				.withPropertyValues("sockets.tcp.client.till.port=" + port,
						"sockets.tcp.client.till.credentials.username=ada",
						"sockets.tcp.client.till.credentials.password=s3cret",
						"sockets.tcp.client.till.request-timeout=30s")
				.run((other) -> {
					TcpClient client = other.getBean(TcpClient.class);
					Awaitility.await().until(client::isConnected);
					assertThat(client.<String>request("hello")).isEqualTo("echo hello");
				});
		});
	}

	@Test
	void whenSeveralManagersAreThereThenNoneIsTakenAndTheStartSaysSo() {
		this.secured.withBean("other", AuthenticationManager.class, () -> (request) -> request)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("must be the name of a SocketAuthenticator bean, of which there is none"));
	}

	private static String logIn(String username, String password) {
		HexFormat hex = HexFormat.of();
		return "SOCKETS-LOGIN/1 PASSWORD " + hex.formatHex(username.getBytes(StandardCharsets.UTF_8)) + " "
				+ hex.formatHex(password.getBytes(StandardCharsets.UTF_8));
	}

	private static String answer(TcpServer server, String line) throws IOException {
		try (Socket socket = connect(server)) {
			return ask(socket, line);
		}
	}

	private static String ask(Socket socket, String line) throws IOException {
		send(socket, line);
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
	}

	private static void send(Socket socket, String line) throws IOException {
		socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort());
		socket.setSoTimeout(30_000);
		return socket;
	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		AuthenticationManager authenticationManager() {
			return new ProviderManager(new DaoAuthenticationProvider(
					new InMemoryUserDetailsManager(user("ada").build(), user("eve").disabled(true).build())));
		}

		private static User.UserBuilder user(String name) {
			return User.withUsername(name).password("{noop}s3cret").roles("TELLER");
		}

	}

	static final class UnspeakableRefusal extends AuthenticationException {

		private static final long serialVersionUID = 1L;

		UnspeakableRefusal() {
			super("");
		}

		@Override
		public String getMessage() {
			throw this;
		}

		@Override
		public String toString() {
			throw this;
		}

	}

}
