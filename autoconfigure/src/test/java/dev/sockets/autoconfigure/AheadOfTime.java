package dev.sockets.autoconfigure;

import java.util.function.Consumer;

import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/**
 * Processes an application ahead of time, and runs what that has made.
 */
final class AheadOfTime {

	private AheadOfTime() {
	}

	/**
	 * Processes and runs an application.
	 * @param configuration the application
	 * @param buildTime its configuration when it is processed
	 * @param runTime its configuration when it runs
	 * @param test what is done while it does
	 * @return what was generated
	 */
	static TestGenerationContext run(Class<?> configuration, String buildTime, String runTime,
			Consumer<GenericApplicationContext> test) {
		TestGenerationContext generated = new TestGenerationContext();
		ClassName initializer = process(configuration, buildTime, generated);
		TestCompiler.forSystem().with(generated).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				TestPropertyValues.of("spring.aot.enabled=true").applyTo(context);
				Yaml.of(runTime).initialize(context);
				initializer(compiled.getInstance(ApplicationContextInitializer.class, initializer.toString()))
					.initialize(context);
				context.refresh();
				test.accept(context);
			}
		});
		return generated;
	}

	static ClassName process(Class<?> configuration, String yaml, TestGenerationContext generated) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(configuration);
			Yaml.of(yaml).initialize(context);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
			generated.writeGeneratedContent();
			return initializer;
		}
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(Object instance) {
		return (ApplicationContextInitializer<GenericApplicationContext>) instance;
	}

}
