package dev.sockets;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of the house, for the packages below a base package.
 */
final class ArchitectureRules {

	private static final List<String> JDK = List.of("", "java..", "javax..", "jdk.net..", "org.jspecify..");

	/** A part of the JDK, too. */
	private static final List<String> MANAGEMENT = List.of("com.sun.management..");

	private static final List<String> CORE = List.of("org.springframework.core..", "org.springframework.util..",
			"org.apache.commons.logging..");

	private static final List<String> CONTEXT = List.of("org.springframework.aop..", "org.springframework.beans..",
			"org.springframework.context..", "org.springframework.scheduling..");

	private static final List<String> AHEAD_OF_TIME = List.of("org.springframework.aot..");

	private static final List<String> SERIALIZERS = List.of("org.springframework.integration.ip.tcp.serializer..");

	private static final List<String> INTEGRATION = List.of("org.springframework.integration..",
			"org.springframework.messaging..");

	private static final List<String> JACKSON = List.of("tools.jackson..", "com.fasterxml.jackson.annotation..");

	private static final List<String> SLF4J = List.of("org.slf4j..");

	/** Its threads are Netty's. */
	private static final List<String> LETTUCE = List.of("io.lettuce..", "io.netty.util.concurrent..",
			"io.netty.resolver..");

	private static final List<String> REACTOR = List.of("reactor.core.publisher..");

	private static final List<String> MICROMETER = List.of("io.micrometer..");

	/**
	 * The packages, lowest first, each with the packages and libraries it may import. A
	 * new package fails the build until it has its line here.
	 */
	// @formatter:off
	private static final List<Layer> LAYERS = List.of(
			new Layer("", List.of(), List.of(CORE, CONTEXT)),
			new Layer(".framing", List.of(""), List.of(CORE, SERIALIZERS)),
			new Layer(".codec", List.of(""), List.of(CORE, JACKSON)),
			new Layer(".codec.pickle", List.of("", ".codec"), List.of(CORE)),
			new Layer(".rpc", List.of(""), List.of(CORE)),
			new Layer(".tcp", List.of("", ".framing", ".codec", ".codec.pickle", ".rpc"), List.of(CORE, CONTEXT, INTEGRATION)),
			new Layer(".udp", List.of(""), List.of(CORE)),
			new Layer(".multicast", List.of("", ".codec", ".udp"), List.of(CORE)),
			new Layer(".event", List.of("", ".tcp"), List.of(CORE, CONTEXT)),
			new Layer(".backplane", List.of(""), List.of()),
			new Layer(".backplane.redis", List.of("", ".backplane"), List.of(LETTUCE)),
			new Layer(".backplane.channel", List.of(".backplane"), List.of(List.of("org.springframework.messaging.."))),
			new Layer(".annotation", List.of("", ".rpc", ".tcp", ".multicast", ".udp", ".event"),
					List.of(CORE, CONTEXT, AHEAD_OF_TIME, List.of("org.springframework.stereotype..", "org.springframework.format.."))),
			new Layer(".loop", List.of(), List.of()),
			new Layer(".loop.stream", List.of(".loop"), List.of()),
			new Layer(".loop.datagram", List.of(".loop"), List.of()),
			new Layer(".loop.tls", List.of(".loop", ".loop.stream"), List.of()),
			new Layer(".loop.linux", List.of(".loop", ".loop.stream"), List.of()),
			new Layer(".runtime", List.of("", ".event", ".codec"), List.of(CORE, CONTEXT, MANAGEMENT, SLF4J)),
			new Layer(".runtime.rpc", List.of("", ".codec", ".rpc", ".runtime", ".tcp"), List.of(CORE, REACTOR)),
			new Layer(".runtime.backplane.frame", List.of("", ".tcp"), List.of()),
			new Layer(".runtime.backplane", List.of("", ".event", ".framing", ".codec", ".tcp", ".backplane", ".runtime", ".runtime.backplane.frame"), List.of()),
			new Layer(".runtime.proxy", List.of(".tcp"), List.of()),
			new Layer(".runtime.trace", List.of(".loop"), List.of()),
			new Layer(".runtime.handshake", List.of("", ".framing", ".tcp"), List.of()),
			new Layer(".runtime.tcp", List.of("", ".event", ".runtime", ".runtime.rpc", ".runtime.backplane", ".runtime.handshake", ".runtime.trace", ".framing", ".codec", ".loop", ".loop.stream", ".loop.tls", ".rpc", ".tcp"),
					List.of(CORE, CONTEXT, INTEGRATION)),
			new Layer(".runtime.tcp.client", List.of("", ".event", ".framing", ".rpc", ".tcp", ".loop", ".loop.stream", ".runtime", ".runtime.rpc", ".runtime.trace", ".runtime.tcp"),
					List.of(CONTEXT, INTEGRATION)),
			new Layer(".runtime.tcp.server", List.of("", ".event", ".framing", ".rpc", ".tcp", ".loop", ".loop.stream", ".runtime", ".runtime.rpc", ".runtime.trace", ".runtime.proxy", ".runtime.backplane", ".runtime.backplane.frame", ".runtime.tcp"),
					List.of(CORE, CONTEXT, INTEGRATION)),
			new Layer(".runtime.multicast", List.of("", ".event", ".runtime", ".codec", ".loop", ".loop.datagram", ".multicast", ".udp"),
					List.of(CORE, CONTEXT)),
			new Layer(".registry", List.of("", ".tcp", ".runtime.tcp", ".runtime.tcp.client", ".runtime.tcp.server", ".multicast", ".udp", ".runtime.multicast"), List.of(CORE, CONTEXT)),
			new Layer(".metrics", List.of("", ".tcp", ".multicast", ".registry", ".loop", ".runtime.backplane"), List.of(CORE, CONTEXT, MICROMETER)));
	// @formatter:on

	/**
	 * What two packages of the API name although it stands above them, as the types of
	 * results: the events that an endpoint's inbox keeps, and the reason for which a
	 * connection has ended. Applications know both by these names.
	 */
	private static final Map<String, String> UPWARDS = Map.of("", ".event.SocketEvent", ".tcp",
			".event.DisconnectReason");

	/** Who may ask for the time of day. */
	private static final List<String> TIME_STAMPS = List.of(".loop.LoopClock.refresh", ".loop.LoopClock.millis",
			".loop.CoarseClock.millis", ".loop.CoarseClock.instant", ".runtime.tcp.DefaultConnection.<init>",
			".runtime.tcp.DefaultConnection.getStatistics", ".runtime.Failures.add", ".runtime.trace.WireTrace.<init>",
			".runtime.trace.WireTrace.now", ".runtime.tcp.server.Bans.ban", ".runtime.backplane.ThisNode.millis");

	private static final List<String> WIRING = List.of(".test..", ".actuate..", ".autoconfigure..");

	private final String base;

	ArchitectureRules(String base) {
		this.base = base;
	}

	/**
	 * One rule a layer: it imports nothing but what its line allows.
	 */
	Stream<ArchRule> layers() {
		return LAYERS.stream().map(this::importsGoOneWay).map((rule) -> rule.allowEmptyShould(true));
	}

	Stream<ArchRule> general() {
		return Stream
			.of(everyPackageHasItsLayer(), noCycles(), onlyWiringImportsBoot(),
					onlyTestSupportImportsAutoConfiguration(), deadlinesIgnoreTheClock(), everyPackageIsNullMarked(),
					autoConfigurationsArePublicAndFinal(), GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING,
					GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS)
			.map((rule) -> rule.allowEmptyShould(true));
	}

	private ArchRule importsGoOneWay(Layer layer) {
		String itself = this.base + layer.name();
		Stream<String> uses = layer.uses().stream().map(this.base::concat);
		Stream<String> libraries = Stream.concat(Stream.of(JDK), layer.libraries().stream()).flatMap(List::stream);
		return classes().that()
			.resideInAPackage(itself)
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
					Stream.of(Stream.of(itself), uses, libraries).flatMap(Function.identity()).toArray(String[]::new))
				.or(namedBy(layer.name())))
			.as(itself + " imports only what its layer allows");
	}

	private ArchRule everyPackageHasItsLayer() {
		Stream<String> names = Stream.concat(LAYERS.stream().map(Layer::name), WIRING.stream());
		return classes().should().resideInAnyPackage(names.map(this.base::concat).toArray(String[]::new));
	}

	private ArchRule noCycles() {
		String parent = this.base.substring(0, this.base.lastIndexOf('.'));
		SliceRule rule = SlicesRuleDefinition.slices().matching(parent + ".(**)").should().beFreeOfCycles();
		for (String layer : UPWARDS.keySet()) {
			rule = rule.ignoreDependency(JavaClass.Predicates.resideInAPackage(this.base + layer), namedBy(layer));
		}
		return rule;
	}

	private DescribedPredicate<JavaClass> namedBy(String layer) {
		String name = UPWARDS.get(layer);
		return (name != null) ? HasName.Predicates.name(this.base + name).forSubtype()
				: DescribedPredicate.alwaysFalse();
	}

	private ArchRule onlyWiringImportsBoot() {
		return noClasses().that()
			.resideOutsideOfPackages(WIRING.stream().map(this.base::concat).toArray(String[]::new))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..");
	}

	private ArchRule onlyTestSupportImportsAutoConfiguration() {
		String autoconfigure = this.base + ".autoconfigure..";
		return noClasses().that()
			.resideOutsideOfPackages(autoconfigure, this.base + ".test..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(autoconfigure);
	}

	/**
	 * Fault F27: a clock that jumps moves no deadline, as only time stamps are taken from
	 * it.
	 */
	private ArchRule deadlinesIgnoreTheClock() {
		List<String> origins = TIME_STAMPS.stream().map(this.base::concat).toList();
		return noClasses().that()
			.resideInAnyPackage(this.base + ".loop..", this.base + ".runtime..", this.base + ".tcp..",
					this.base + ".multicast..")
			.should()
			.callMethodWhere(DescribedPredicate.describe("the time of day is asked for, but for a time stamp",
					(call) -> tellsTimeOfDay(call)
							&& !origins.contains(call.getOriginOwner().getName() + "." + call.getOrigin().getName())));
	}

	private static boolean tellsTimeOfDay(JavaMethodCall call) {
		JavaClass owner = call.getTargetOwner();
		String name = call.getName();
		return name.equals("currentTimeMillis") || (name.equals("now") && owner.isEquivalentTo(Instant.class))
				|| (owner.isAssignableTo(Clock.class) && (name.equals("millis") || name.equals("instant")));
	}

	private ArchRule everyPackageIsNullMarked() {
		return classes()
			.should(ArchCondition.from(DescribedPredicate.<JavaClass>describe("reside in a @NullMarked package",
					(type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));
	}

	private ArchRule autoConfigurationsArePublicAndFinal() {
		return classes().that()
			.areAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration")
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL);
	}

	private record Layer(String name, List<String> uses, List<List<String>> libraries) {
	}

}
