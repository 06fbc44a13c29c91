package dev.sockets.codec.pickle;

/**
 * The name of a class or function.
 */
final class GlobalNode extends Node {

	private final String module;

	private final String name;

	GlobalNode(String module, String name) {
		this.module = module;
		this.name = name;
	}

	String module() {
		return this.module;
	}

	String name() {
		return this.name;
	}

}
