package dev.sockets.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import dev.sockets.autoconfigure.binding.ServiceLinks;

/**
 * Keeps what Kubernetes tells of services from being taken for properties.
 */
final class ServiceLinksBindHandler extends AbstractBindHandler {

	private final ServiceLinks links;

	ServiceLinksBindHandler(BindHandler parent, ServiceLinks links) {
		super(parent);
		this.links = links;
	}

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		if (!this.links.has(name)) {
			return super.onStart(name, target, context);
		}
		return leftOut(name, target, context);
	}

	/** The others are to take it for bound: a file may have the same key. */
	private <T> @Nullable Bindable<T> leftOut(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		super.onSuccess(name, target, context, Boolean.TRUE);
		return null;
	}

}
