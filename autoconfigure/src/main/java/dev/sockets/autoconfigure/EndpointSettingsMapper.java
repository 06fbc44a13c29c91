package dev.sockets.autoconfigure;

import org.springframework.boot.context.properties.PropertyMapper;

import dev.sockets.CommonSettings;

/**
 * Maps the properties that all endpoints have to settings, one line each.
 */
final class EndpointSettingsMapper {

	private final PropertyMapper map = PropertyMapper.get();

	void map(BoundEntry<? extends EndpointProperties> entry, CommonSettings.Builder<?> settings) {
		EndpointProperties properties = entry.properties();
		InboxProperties inbox = properties.getInbox();
		this.map.from(inbox::getCapacity).to((capacity) -> settings.inbox(capacity, inbox.getOverflow()));
		if (inbox.getCapacity() == 0) {
			entry.refuse("inbox.overflow", "there is no inbox without inbox.capacity");
		}
		this.map.from(() -> EventKinds.resolve(entry)).to(settings::events);
		this.map.from(properties::getUserData).to(settings::userData);
		this.map.from(properties::isAutoStartup).to(settings::autoStartup);
		this.map.from(properties.getHealth()::isRequired).to(settings::healthRequired);
	}

}
