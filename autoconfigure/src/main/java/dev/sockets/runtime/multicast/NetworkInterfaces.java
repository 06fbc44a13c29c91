package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * The network interfaces of this machine, as they are when they are asked for.
 */
final class NetworkInterfaces {

	private static final String ADVICE = "the name or an address of an interface that is up";

	private final Supplier<List<NetworkInterface>> machine;

	private final GroupJoiner joiner;

	NetworkInterfaces() {
		this(NetworkInterfaces::ofMachine, NetworkInterfaces::joinOnMachine);
	}

	/** The machine lists its interfaces, groups are joined on them by the joiner. */
	NetworkInterfaces(Supplier<List<NetworkInterface>> machine, GroupJoiner joiner) {
		this.machine = machine;
		this.joiner = joiner;
	}

	static MembershipKey joinOnMachine(DatagramChannel channel, InetAddress group, NetworkInterface on,
			@Nullable InetAddress source) throws IOException {
		return (source != null) ? channel.join(group, on, source) : channel.join(group, on);
	}

	/** As {@link GroupJoiner#join}. */
	MembershipKey join(DatagramChannel channel, InetAddress group, NetworkInterface on, @Nullable InetAddress source)
			throws IOException {
		return this.joiner.join(channel, group, on, source);
	}

	private static List<NetworkInterface> ofMachine() {
		try {
			return Collections.list(NetworkInterface.getNetworkInterfaces());
		}
		catch (SocketException ex) {
			return List.of();
		}
	}

	/**
	 * Returns the interfaces that are meant by the configuration and can be used.
	 * @param wanted names, addresses, or {@code all}
	 * @param family of the group to join
	 * @return the interfaces; may be empty when all are meant, or some are missing
	 */
	List<NetworkInterface> usable(List<String> wanted, ProtocolFamily family) {
		List<NetworkInterface> result = new ArrayList<>();
		if (isAll(wanted)) {
			listed().filter((one) -> one.isUp() && one.mayMulticast() && one.hasAddressOf(family))
				.map(MachineInterface::device)
				.forEach(result::add);
		}
		else {
			wanted.forEach((one) -> current(one).ifPresent((found) -> {
				if (result.stream().noneMatch((other) -> other.getName().equals(found.getName()))) {
					result.add(found);
				}
			}));
		}
		return result;
	}

	/**
	 * Explains why an interface that is meant by the configuration can't be used.
	 * @param wanted names, addresses, or {@code all}
	 * @return what is wrong with the first one; empty when all can be used
	 */
	Optional<String> problem(List<String> wanted) {
		if (isAll(wanted)) {
			return Optional.empty();
		}
		return wanted.stream().flatMap((one) -> problem(one).stream()).findFirst();
	}

	/**
	 * Returns one interface.
	 * @param wanted its name or an address
	 * @param key the property it was given by
	 * @return the interface
	 * @throws CannotJoinException when it can't be used
	 */
	NetworkInterface require(String wanted, String key) throws CannotJoinException {
		Optional<String> problem = problem(wanted);
		if (problem.isPresent()) {
			throw new CannotJoinException(SocketErrorCode.JOIN_FAILED, key, problem.get(), ADVICE, null);
		}
		return find(wanted).orElseThrow().device();
	}

	/**
	 * Returns an interface as it is now, which may have been made again with another
	 * index since it was required.
	 * @param wanted its name or an address
	 * @return the interface; empty when it is not there, or down
	 */
	Optional<NetworkInterface> current(String wanted) {
		return find(wanted).filter(MachineInterface::isUp).map(MachineInterface::device);
	}

	private Optional<String> problem(String wanted) {
		Optional<MachineInterface> found = find(wanted);
		if (found.isEmpty()) {
			return Optional.of(isKnownToSystem(wanted) ? "network interface '" + wanted + "' is down or has no address"
					: "there is no network interface '" + wanted + "'; there are: "
							+ listed().map(MachineInterface::toString).collect(Collectors.joining(", ")));
		}
		return found.get().isUp() ? Optional.empty() : Optional.of("network interface '" + wanted + "' is down");
	}

	private Optional<MachineInterface> find(String wanted) {
		return listed().filter((one) -> one.isMeantBy(wanted)).findFirst();
	}

	private Stream<MachineInterface> listed() {
		return this.machine.get().stream().map(MachineInterface::new);
	}

	private static boolean isAll(List<String> wanted) {
		return wanted.equals(List.of(MulticastReceiverSettings.ALL_INTERFACES));
	}

	/** Java lists only interfaces that have an address. */
	private static boolean isKnownToSystem(String name) {
		try {
			return name.matches("[A-Za-z0-9_.@-]+") && Files.exists(Path.of("/sys/class/net", name));
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

}
