package dev.sockets.annotation;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * Finds out who converts payloads.
 */
final class Conversion {

	private Conversion() {
	}

	/**
	 * Returns the application's conversion service, or a default one.
	 */
	static ConversionService of(ConfigurableBeanFactory beanFactory) {
		ConversionService conversionService = beanFactory.getConversionService();
		return (conversionService != null) ? conversionService : DefaultConversionService.getSharedInstance();
	}

}
