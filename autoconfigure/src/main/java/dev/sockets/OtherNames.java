package dev.sockets;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people call the framings, codecs and profiles that have another name here.
 */
public final class OtherNames {

	/**
	 * By the name that there is: those that nobody would take for a typing error of it.
	 */
	private static final Map<String, String> KNOWN_AS = Map.ofEntries(
			Map.entry("line", "lf linefeed newline nl eol textline unix"), Map.entry("crlf", "crnl telnet dos windows"),
			Map.entry("nul", "null zero nulterminated zeroterminated cstring"), Map.entry("stx-etx", "stx etx"),
			Map.entry("length1", "uint8 byte1"), Map.entry("length2", "uint16 short int16"),
			Map.entry("length4",
					"uint32 int int32 lengthprefix lengthprefixed lengthfield lengthheader prefixed header"),
			Map.entry("delimiter", "separator terminator"), Map.entry("fixed", "fixedlength fixedsize"),
			Map.entry("escaped", "slip hdlc cobs dle bytestuffing stuffing ppp"),
			Map.entry("octet-counting", "rfc6587 octets"), Map.entry("ndjson", "jsonl jsonlines ldjson"),
			Map.entry("idle-gap", "silence gap idle timeout rtu modbusrtu"),
			Map.entry("end-of-stream", "eof close untilclose"), Map.entry("raw", "none bytes binary unframed"),
			Map.entry("text", "string str utf8 ascii plain chars line"),
			Map.entry("bytes", "binary raw bytearray none octets"), Map.entry("json", "jackson"),
			Map.entry("object", "java serialization javaserialization jdk serializable"), Map.entry("pickle", "python"),
			Map.entry("mllp", "hl7 hl7v2 hl7mllp llp"), Map.entry("modbus-tcp", "modbus mbap"),
			Map.entry("hsms", "secs secsii secsgem gem secs2"), Map.entry("nmea", "nmea0183 gps gnss ais"),
			Map.entry("stx-etx-lrc", "lrc stxetx"), Map.entry("syslog", "rfc6587 rfc5424 rfc3164"),
			Map.entry("jt808", "jtt808"), Map.entry("fix", "fix44 fix42 quickfix"),
			Map.entry("scpi", "visa lxi ieee488"), Map.entry("smpp", "sms smpp34"), Map.entry("rpc", "opcode opcodes"),
			Map.entry("text-nul", "nul null"));

	private static final Map<String, List<String>> NAMES = byOtherName();

	private OtherNames() {
	}

	private static Map<String, List<String>> byOtherName() {
		return KNOWN_AS.entrySet()
			.stream()
			.flatMap((known) -> Arrays.stream(known.getValue().split(" "))
				.map((other) -> Map.entry(plain(other), known.getKey())))
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
	}

	/**
	 * Returns the name here of what somebody calls otherwise.
	 * @param name what was written, in any of the ways in which constants may be
	 * @param names what there is
	 * @return one of them; empty when none is known by the other name
	 */
	public static Optional<String> find(String name, Collection<String> names) {
		return NAMES.getOrDefault(plain(name), List.of()).stream().filter(names::contains).sorted().findFirst();
	}

	private static String plain(String name) {
		return name.replaceAll("[-_ /.]", "").toLowerCase(Locale.ROOT);
	}

}
