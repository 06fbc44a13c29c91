package dev.sockets.autoconfigure.binding;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses names of beans by which Spring finds a part of itself. An endpoint of that name
 * would be taken for it, or never be found.
 */
final class ReservedNames {

	private static final Map<String, Set<String>> NAMES = Map.of("Spring",
			Set.of("messageSource", "lifecycleProcessor", "applicationEventMulticaster", "applicationStartup",
					"environment", "systemProperties", "systemEnvironment", "conversionService", "loadTimeWeaver",
					"bootstrapExecutor", "taskScheduler", "taskExecutor"),
			"Spring Boot",
			Set.of("springApplicationArguments", "springBootBanner", "springBootLoggingSystem",
					"springBootLoggerGroups", "springBootLoggingLifecycle", "autoConfigurationReport",
					"applicationTaskExecutor"),
			"Spring MVC", Set.of("servletContext", "servletConfig", "contextParameters", "contextAttributes",
					"dispatcherServlet", "multipartResolver", "localeResolver", "viewResolver",
					"handlerExceptionResolver", "flashMapManager", "viewNameTranslator", "themeResolver"),
			"Spring Integration",
			Set.of("errorChannel", "nullChannel", "errorLogger", "integrationGlobalProperties",
					"integrationHeaderChannelRegistry", "integrationManagementConfigurer", "messageHistoryConfigurer",
					"datatypeChannelMessageConverter", "integrationConversionService", "integrationEvaluationContext"));

	private static final Map<String, String> OWNERS = NAMES.entrySet()
		.stream()
		.flatMap((names) -> names.getValue().stream().map((name) -> Map.entry(name, names.getKey())))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	private ReservedNames() {
	}

	/**
	 * Checks the name of an entry.
	 * @throws TakenNameException when it is one of Spring's
	 */
	static void check(EndpointEntry entry) {
		String owner = OWNERS.get(entry.name());
		if (owner != null) {
			throw TakenNameException.reserved(entry.path(), entry.name(), owner);
		}
	}

}
