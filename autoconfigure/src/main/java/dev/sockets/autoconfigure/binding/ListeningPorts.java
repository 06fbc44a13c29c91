package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.sockets.autoconfigure.properties.TcpServerProperties;

/**
 * Reads the ports of a server: single ones and ranges.
 */
final class ListeningPorts {

	private static final Pattern PORTS = Pattern.compile("(?<first>[0-9]{1,5})(-(?<last>[0-9]{1,5}))?");

	private static final String ALLOWED = "ports from 1 to 65535 and ranges of them, such as 7001,7010-7019";

	private ListeningPorts() {
	}

	/**
	 * Returns all ports in their order, each once; none when there is only a port.
	 */
	static List<Integer> resolve(BoundEntry<TcpServerProperties> entry) {
		List<String> ports = entry.properties().getPorts();
		if (ports.isEmpty()) {
			return List.of();
		}
		entry.refuse("port", "there are ports");
		Set<Integer> all = new LinkedHashSet<>();
		for (String text : ports) {
			Matcher matcher = PORTS.matcher(text.trim());
			if (!matcher.matches()) {
				throw entry.invalid("ports", String.join(",", ports), ALLOWED);
			}
			int first = Integer.parseInt(matcher.group("first"));
			int last = (matcher.group("last") != null) ? Integer.parseInt(matcher.group("last")) : first;
			if (first < 1 || last > 65535 || first > last) {
				throw entry.invalid("ports", String.join(",", ports), ALLOWED);
			}
			if (IntStream.rangeClosed(first, last).filter(all::add).count() == 0) {
				throw entry.invalid("ports", String.join(",", ports),
						"each port once, but %s is there twice".formatted(text.trim()));
			}
		}
		return new ArrayList<>(all);
	}

}
