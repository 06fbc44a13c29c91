package dev.sockets.runtime.tcp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Hl7Header}.
 */
class Hl7HeaderTests {

	private static final String ADT = "MSH|^~\\&|ADT1|GOOD HEALTH HOSPITAL|GHH LAB|GHH|198808181126|SECURITY|ADT^A01^ADT_A01"
			+ "|MSG00001|P|2.8||\rEVN|A01|200708181123||\r";

	@Test
	void whenAMessageIsAcknowledgedThenSenderAndReceiverChangePlacesAndItsIdIsEchoed() {
		assertThat(Hl7Header.parse(ADT).acknowledgement('A')).matches(
				"MSH\\|\\^~\\\\&\\|GHH LAB\\|GHH\\|ADT1\\|GOOD HEALTH HOSPITAL\\|\\d{14}\\|\\|ACK\\^A01\\^ACK\\|\\d{10,20}\\|P\\|2.8\r"
						+ "MSA\\|AA\\|MSG00001\r");
	}

	@Test
	void whenSeparatorsAreOthersThenTheyAreTaken() {
		String message = "MSH#*~\\&#A#B#C#D#2024##ORU*R01#77#T#2.3\nPID#1\n";
		assertThat(Hl7Header.parse(message).acknowledgement('E'))
			.matches("MSH#\\*~\\\\&#C#D#A#B#\\d{14}##ACK\\*R01#\\d+#T#2.3\rMSA#AE#77\r");
	}

	@Test
	void whenTheHeaderIsShortThenWhatIsMissingIsEmptyOrUsual() {
		assertThat(Hl7Header.parse("MSH|^~\\&|A").acknowledgement('A'))
			.matches("MSH\\|\\^~\\\\&\\|\\|\\|A\\|\\|\\d{14}\\|\\|ACK\\|\\d+\\|P\\|2.3\rMSA\\|AA\\|\r");
		assertThat(Hl7Header.UNKNOWN.acknowledgement('R')).endsWith("\rMSA|AR|\r");
	}

	/**
	 * Table 0357: a required field that is missing is an error; the rest are rejections.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '!',
			textBlock = """
					MSH|^~\\&|A|B|C|D|2024||ADT^A01||P|2.3.1  ! MSA|AE||MSH-10 (message control id) is missing~ERR|MSH^1^10^101&Required field missing&HL70357~
					MSH|^~\\&|A|B|C|D|2024||ADT^A01| |P|2.4    ! MSA|AE| |MSH-10 (message control id) is missing~ERR|MSH^1^10^101&Required field missing&HL70357~
					MSH|^~\\&|A                                ! MSA|AE||MSH-10 (message control id) is missing~ERR|MSH^1^10^101&Required field missing&HL70357~
					MSH#*~\\%#A#B#C#D#2024##ADT*A01##P#2.3     ! MSA#AE##MSH-10 (message control id) is missing~ERR#MSH*1*10*101%Required field missing%HL70357~
					MSH|^~\\&|A|B|C|D|2024||ADT^A01|""|P|2.5^US ! MSA|AE|""|MSH-10 (message control id) is missing~ERR||MSH^1^10|101^Required field missing^HL70357|E~
					MSH|^~\\&|A|B|C|D|2024||ADT^A01||P|2.8|||NE|AL ! MSA|AE||MSH-10 (message control id) is missing~ERR||MSH^1^10|101^Required field missing^HL70357|E~
					MSH|^~\\&|A|B|C|D|2024||ADT^A01||P|2.4|||AL|NE ! MSA|CE||MSH-10 (message control id) is missing~ERR|MSH^1^10^101&Required field missing&HL70357~
					MSH|^~\\&|A|B|C|D|2024||ADT^A01|7|P|2.4    ! MSA|AR|7~
					""")
	void whenAMessageHasNoIdThenItIsAnErrorThatSaysWhereAndWhy(String header, String rejection) {
		assertThat(Hl7Header.parse(header + "\r").rejection()).endsWith("\r" + rejection.replace('~', '\r'));
	}

	@Test
	void whenTheSenderWantsNoAnswerThenAMessageWithoutAnIdGetsNone() {
		assertThat(Hl7Header.parse("MSH|^~\\&|A|B|C|D|2024||ADT^A01||P|2.4|||NE|NE\r").rejection()).isNull();
		assertThat(Hl7Header.UNKNOWN.rejection()).endsWith("\rMSA|AR|\r");
	}

	@Test
	void whenTheHeaderDoesNotSayHowItIsEncodedThenThatIsAsUsual() {
		assertThat(Hl7Header.parse("MSH||A|B|C|D|2024||ADT^A01|1|P|2.3\r").acknowledgement('A'))
			.startsWith("MSH|^~\\&|C|D|A|B|")
			.endsWith("\rMSA|AA|1\r");
	}

	@Test
	void whenManyAreMadeThenEachHasItsOwnId() {
		Hl7Header header = Hl7Header.parse(ADT);
		String first = header.acknowledgement('A').split("\\|")[9];
		assertThat(header.acknowledgement('A').split("\\|")[9]).isNotEqualTo(first);
	}

	@ParameterizedTest
	@CsvSource({ "AL,AL,A,AA", "AL,AL,E,AE", "NE,AL,R,AR", "NE,ER,A,", "NE,ER,E,AE", "NE,SU,A,AA", "NE,SU,E,",
			"NE,NE,A,", "AL,NE,A,CA", "AL,NE,E,CE", "AL,,R,CR", "ER,NE,A,", "SU,NE,A,CA", ",AL,A,AA", ",NE,A," })
	void whenTheSenderSaysWhatItWantsThenItGetsThatOnly(String accept, String application, char outcome, String code) {
		String message = "MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.4|||" + ((accept != null) ? accept : "") + "|"
				+ ((application != null) ? application : "") + "\r";
		String acknowledgement = Hl7Header.parse(message).acknowledgement(outcome);
		if (code == null) {
			assertThat(acknowledgement).isNull();
		}
		else {
			assertThat(acknowledgement).endsWith("\rMSA|" + code + "|1\r");
		}
	}

	@Test
	void whenAMessageIsAnAnswerThenItsIdIsKnown() {
		String answer = "MSH|^~\\&|C|D|A|B|2024||ACK|9|P|2.3\rMSA|AA|42|text\r";
		assertThat(Hl7Header.parse(answer).isAnswer()).isTrue();
		assertThat(Hl7Header.acknowledgedId(answer)).isEqualTo("42");
		assertThat(Hl7Header.parse(ADT).isAnswer()).isFalse();
		assertThat(Hl7Header.acknowledgedId(ADT)).isNull();
		assertThat(Hl7Header.acknowledgedId("MSH|^~\\&|\rMSA|AA")).isNull();
		assertThat(Hl7Header.acknowledgedId("hello")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "M", "MSH", "MSH|", "MSH|\r", "PID|1\rMSH|^~\\&|", "MSHA^~\\&", "\rMSH|^~\\&|" })
	void whenAMessageDoesNotBeginWithAHeaderThenItIsNone(String message) {
		assertThat(Hl7Header.parse(message)).isNull();
	}

}
