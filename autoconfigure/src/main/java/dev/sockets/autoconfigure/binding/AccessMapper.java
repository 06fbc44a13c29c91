package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.tcp.AccessSettings;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.InboundLimit;
import dev.sockets.tcp.ProxyProtocol;
import dev.sockets.tcp.ProxySettings;
import dev.sockets.tcp.Rate;

/**
 * Maps what says from where peers may come, and how often and how much they may send.
 */
final class AccessMapper {

	private AccessMapper() {
	}

	static void map(BoundEntry<TcpServerProperties> entry, AccessSettings.Builder settings) {
		TcpServerProperties properties = entry.properties();
		settings.inbound(inbound(entry));
		if (properties.getPath() != null) {
			return;
		}
		settings.allow(ranges(entry, "allow", properties.getAllow()));
		settings.deny(ranges(entry, "deny", properties.getDeny()));
		settings.connectRate(rate(entry, "connect-rate", properties.getConnectRate()));
		settings.ban(ban(entry));
		settings.proxy(proxy(entry));
	}

	/**
	 * Returns the most connections from one address. More than there may be in all are
	 * refused, unless they are a default of all servers and this one says how many there
	 * may be.
	 */
	static @Nullable Integer maxConnectionsPerAddress(BoundEntry<TcpServerProperties> entry) {
		Integer most = entry.properties().getMaxConnectionsPerAddress();
		int all = entry.properties().getMaxConnections();
		if (most != null && most > all && entry.isMeant("max-connections-per-address", "max-connections")) {
			throw entry.invalid("max-connections-per-address", most,
					"at most max-connections, which is %d: raise that, or leave this one out".formatted(all),
					entry.invalid("max-connections", all,
							"at least max-connections-per-address, which is %d".formatted(most)));
		}
		return most;
	}

	private static @Nullable BanRule ban(BoundEntry<TcpServerProperties> entry) {
		TcpServerProperties.Ban ban = entry.properties().getBan();
		if (ban.getAfter() == null) {
			entry.refuse("ban.for", "nobody is banned without ban.after");
			return null;
		}
		return new BanRule(ban.getAfter(), ban.getFor());
	}

	private static @Nullable InboundLimit inbound(BoundEntry<TcpServerProperties> entry) {
		TcpServerProperties.Inbound inbound = entry.properties().getInbound();
		Rate rate = rate(entry, "inbound.rate", inbound.getRate());
		if (rate == null) {
			entry.refuse("inbound.on-excess", "nothing is too much without inbound.rate");
			return null;
		}
		return new InboundLimit(rate, inbound.getOnExcess());
	}

	private static @Nullable ProxySettings proxy(BoundEntry<TcpServerProperties> entry) {
		TcpServerProperties properties = entry.properties();
		if (properties.getProxyProtocol() == ProxyProtocol.NONE) {
			String reason = "with proxy-protocol=none no proxy is believed";
			entry.refuse("proxy-protocol-from", reason);
			entry.refuse("proxy-protocol-timeout", reason);
			return null;
		}
		return new ProxySettings(properties.getProxyProtocol(),
				ranges(entry, "proxy-protocol-from", properties.getProxyProtocolFrom()),
				properties.getProxyProtocolTimeout());
	}

	private static List<AddressRange> ranges(BoundEntry<?> entry, String key, @Nullable List<String> texts) {
		if (texts == null) {
			return List.of();
		}
		List<AddressRange> ranges = new ArrayList<>();
		for (int i = 0; i < texts.size(); i++) {
			ranges.add(parse(entry, key + "[" + i + "]", texts.get(i), AddressRange::parse));
		}
		return ranges;
	}

	private static @Nullable Rate rate(BoundEntry<?> entry, String key, @Nullable String text) {
		return (text != null) ? parse(entry, key, text, Rate::parse) : null;
	}

	private static <T> T parse(BoundEntry<?> entry, String key, String text, Function<String, T> parser) {
		try {
			return parser.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw entry.invalid(key, text, String.valueOf(ex.getMessage()));
		}
	}

}
