package dev.sockets.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

/**
 * A multicast receiver.
 */
public class MulticastReceiverProperties extends DatagramReceiverProperties {

	/**
	 * Addresses of the groups to join when it starts, IPv4 or IPv6.
	 */
	private List<String> groups = new ArrayList<>();

	/**
	 * Network interfaces to join on: names or addresses, or 'all' alone for those that
	 * are up.
	 */
	private List<String> networkInterfaces = List.of("all");

	public List<String> getGroups() {
		return this.groups;
	}

	public void setGroups(List<String> groups) {
		this.groups = groups;
	}

	public List<String> getNetworkInterfaces() {
		return this.networkInterfaces;
	}

	public void setNetworkInterfaces(List<String> networkInterfaces) {
		this.networkInterfaces = networkInterfaces;
	}

}
