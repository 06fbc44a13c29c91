package dev.sockets.runtime.tcp;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;

import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;

/**
 * Listens to all events of endpoints but those of single messages.
 *
 * @param observer what gets them
 */
record EventRecorder(Consumer<SocketEvent> observer) implements SmartApplicationListener {

	private static final Log logger = LogFactory.getLog(TestEndpoints.class);

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return SocketEvent.class.isAssignableFrom(type) && type != MessageReceivedEvent.class
				&& type != MessageSentEvent.class && type != SendFailedEvent.class;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof MessageErrorEvent error) {
			logger.info("A message has failed: " + error.getCause());
		}
		this.observer.accept((SocketEvent) event);
	}

}
