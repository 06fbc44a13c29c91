package dev.sockets.test;

import java.io.IOException;
import java.util.Set;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.context.event.EventListener;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.codec.Codec;
import dev.sockets.framing.Framing;
import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpServerCustomizer;

/**
 * Leaves out the components that a {@link SocketTest} has nothing to do with.
 */
class SocketTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<SocketTest> {

	SocketTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return Set.of(Codec.class, Framing.class, ConnectionHandshake.class, SocketAuthenticator.class,
				TcpServerCustomizer.class, TcpClientCustomizer.class, MulticastReceiverCustomizer.class,
				MulticastSenderCustomizer.class);
	}

	@Override
	protected boolean defaultInclude(MetadataReader metadataReader, MetadataReaderFactory metadataReaderFactory)
			throws IOException {
		AnnotationMetadata metadata = metadataReader.getAnnotationMetadata();
		return metadata.hasAnnotatedMethods(SocketListener.class.getName())
				|| metadata.hasAnnotatedMethods(SocketMapping.class.getName())
				|| metadata.hasAnnotatedMethods(EventListener.class.getName())
				|| super.defaultInclude(metadataReader, metadataReaderFactory);
	}

}
