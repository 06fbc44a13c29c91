package dev.sockets.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of nothing but sockets: the endpoints of the configuration, with all servers and
 * receivers on free ports, and those components that have to do with them. Those are
 * customizers, codecs, framings, handshakes and authenticators, and what has methods
 * annotated with {@code @SocketListener}, {@code @SocketMapping} or
 * {@code @EventListener}.
 *
 * <p>
 * Nothing reaches outside. Clients and UDP senders whose peer is a server or receiver of
 * the same context turn to its new port, and clients with
 * {@link dev.sockets.autoconfigure.TcpClientConnectionDetails} to where these say; others
 * are not started, and refuse to connect or send. What is sent to multicast groups stays
 * on this machine. Addresses that a call names, and endpoints made at run time, are the
 * test's own business.
 *
 * @see LocalSocketPort
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SocketTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SocketTypeExcludeFilter.class)
@AutoConfigureSockets
@ImportAutoConfiguration
public @interface SocketTest {

	/**
	 * Properties in the form {@code key=value}, added to the environment before the test
	 * runs.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether the components named above are included.
	 * @return {@code false} to include only those of {@link #includeFilters()}
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Components to include besides.
	 * @return filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components to leave out.
	 * @return filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration to leave out.
	 * @return classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
