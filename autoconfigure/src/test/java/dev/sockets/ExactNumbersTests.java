package dev.sockets;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ExactNumbersTests {

	@ParameterizedTest
	@MethodSource
	void whenNumberWouldBeAnotherThenItIsRefused(Number number, Class<?> type) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ExactNumbers.require(number, ResolvableType.forClass(type)))
			.withMessage("A %s would not stay the same as %s", number.getClass().getTypeName(), type.getTypeName());
	}

	static Stream<Arguments> whenNumberWouldBeAnotherThenItIsRefused() {
		return Stream.of(arguments(1.9, int.class), arguments(-0.5f, Long.class), arguments(Double.NaN, int.class),
				arguments(Double.POSITIVE_INFINITY, long.class), arguments(1e300, long.class),
				arguments(0x1p63, long.class), arguments(0x1p31, int.class), arguments(1L << 40, int.class),
				arguments(128, byte.class), arguments(-32769, Short.class), arguments(70_000, char.class),
				arguments(-1, char.class), arguments(BigInteger.ONE.shiftLeft(63), long.class),
				arguments(new BigDecimal("0.1"), BigInteger.class),
				arguments(new BigDecimal("1E+400"), BigInteger.class),
				arguments(new BigDecimal("1E+2000000000"), long.class));
	}

	@ParameterizedTest
	@MethodSource
	void whenNumberStaysTheSameThenItIsTaken(Number number, Class<?> type) {
		assertThatCode(() -> ExactNumbers.require(number, ResolvableType.forClass(type))).doesNotThrowAnyException();
	}

	static Stream<Arguments> whenNumberStaysTheSameThenItIsTaken() {
		return Stream.of(arguments(2.0, int.class), arguments(-0.0, int.class), arguments(-0x1p63, long.class),
				arguments(-128, byte.class), arguments(65_535, char.class), arguments(Long.MIN_VALUE, Long.class),
				arguments(1e300, BigInteger.class), arguments(new BigDecimal("1.50E+1"), int.class),
				arguments(new BigDecimal("1.0"), short.class), arguments(1.9, double.class),
				arguments(1.9, Object.class), arguments(Double.NaN, String.class), arguments(1e300, BigDecimal.class));
	}

	@Test
	void whenNumberIsInsideThenItIsFound() {
		assertRefused(Arrays.asList(1, null, 1.5), ResolvableType.forClass(int[].class));
		assertRefused(List.of(List.of(1.5)), ResolvableType.forClass(long[][].class));
		assertRefused(List.of(1, 1.5), ResolvableType.forClassWithGenerics(List.class, Integer.class));
		assertRefused(new Object[] { 1.5 }, ResolvableType.forClass(Integer[].class));
		assertRefused(Map.of("a", 1.5), ResolvableType.forClassWithGenerics(Map.class, String.class, Long.class));
		assertRefused(Map.of(1.5, "a"), ResolvableType.forClassWithGenerics(Map.class, Long.class, String.class));
		ExactNumbers.require(List.of(1.5), ResolvableType.forClass(double[].class));
		for (Class<?> type : new Class<?>[] { Object.class, List.class, String.class, Optional.class }) {
			ExactNumbers.require(List.of(1.5, List.of(1.5)), ResolvableType.forClass(type));
			ExactNumbers.require(Map.of("a", 1.5), ResolvableType.forClass(type));
		}
	}

	@Test
	void whenNumberBecomesTheOnlyElementThenItStaysTheSame() {
		assertRefused(1.9, ResolvableType.forClassWithGenerics(List.class, Integer.class));
		assertRefused(Double.NaN, ResolvableType.forClass(long[].class));
		ExactNumbers.require(2.0, ResolvableType.forClass(int[].class));
		ExactNumbers.require(1.9, ResolvableType.forClass(List.class));
	}

	@Test
	void whenOneIsWantedAndSeveralAreThereThenTheFirstIsNotTaken() {
		for (Class<?> type : new Class<?>[] { int.class, Double.class, boolean.class, char.class,
				Thread.State.class }) {
			assertRefused(List.of(1, 2), ResolvableType.forClass(type));
			assertRefused(new Object[] { 1.9 }, ResolvableType.forClass(type));
		}
	}

	private static void assertRefused(Object value, ResolvableType type) {
		assertThatIllegalArgumentException().isThrownBy(() -> ExactNumbers.require(value, type));
	}

}
