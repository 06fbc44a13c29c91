package dev.sockets.autoconfigure.binding;

import dev.sockets.CommonSettings;
import dev.sockets.autoconfigure.properties.EndpointProperties;

/**
 * Maps the properties that all endpoints have to settings, one line each.
 */
final class EndpointSettingsMapper {

	void map(BoundEntry<? extends EndpointProperties> entry, CommonSettings.Builder<?> settings) {
		EndpointProperties properties = entry.properties();
		EndpointProperties.Inbox inbox = properties.getInbox();
		settings.inbox(inbox.getCapacity(), inbox.getOverflow());
		if (inbox.getCapacity() == 0) {
			entry.refuse("inbox.overflow", "there is no inbox without inbox.capacity");
		}
		settings.events(EventKinds.resolve(entry));
		settings.userData(properties.getUserData());
		settings.autoStartup(properties.isAutoStartup());
		settings.healthRequired(properties.countsForHealth());
		settings.wireLog(properties.isWireLog());
		settings.logErrors(properties.isLogErrors());
	}

}
