package dev.sockets.autoconfigure.binding;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A named entry of the configuration.
 *
 * @param group where it stands
 * @param name its key as it was written, which becomes the bean name
 * @param prefix what its properties start with
 */
public record EndpointEntry(EndpointGroup group, String name, ConfigurationPropertyName prefix) {

	public String path() {
		return this.group.path(this.name);
	}

}
