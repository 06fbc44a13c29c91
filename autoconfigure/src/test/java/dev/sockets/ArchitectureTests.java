package dev.sockets;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the library against the {@link ArchitectureRules}, and the rules against a
 * fixture that breaks them.
 */
class ArchitectureTests {

	private static final String FIXTURE = "dev.sockets.archfixture";

	private static final JavaClasses LIBRARY = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("dev.sockets");

	private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

	@ParameterizedTest
	@MethodSource("libraryRules")
	void whenLibraryIsCheckedThenRuleHolds(ArchRule rule) {
		assertThat(LIBRARY).isNotEmpty();
		rule.check(LIBRARY);
	}

	@ParameterizedTest
	@MethodSource("fixtureRules")
	void whenFixtureBreaksRuleThenRuleFails(ArchRule rule) {
		assertThat(rule.evaluate(BROKEN).hasViolation()).isTrue();
	}

	@Test
	void whenFixtureImportsUpwardsThenItsLayersFail() {
		assertThat(new ArchitectureRules(FIXTURE).layers().filter((rule) -> rule.evaluate(BROKEN).hasViolation()))
			.extracting(ArchRule::getDescription)
			.containsExactly(FIXTURE + ".codec imports only what its layer allows",
					FIXTURE + ".loop imports only what its layer allows");
	}

	static Stream<ArchRule> libraryRules() {
		ArchitectureRules rules = new ArchitectureRules("dev.sockets");
		return Stream.concat(rules.layers(), rules.general());
	}

	static Stream<ArchRule> fixtureRules() {
		return new ArchitectureRules(FIXTURE).general();
	}

}
