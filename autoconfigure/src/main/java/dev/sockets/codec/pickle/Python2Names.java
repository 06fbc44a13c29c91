package dev.sockets.codec.pickle;

import java.util.Map;

/**
 * Names of Python 2, which Python 3 too writes in protocols 0 to 2: those that values and
 * exceptions have, out of Python's {@code _compat_pickle}.
 */
final class Python2Names {

	private static final Map<String, String> MODULES = Map.ofEntries(Map.entry("__builtin__", "builtins"),
			Map.entry("exceptions", "builtins"), Map.entry("copy_reg", "copyreg"), Map.entry("Queue", "queue"),
			Map.entry("UserDict", "collections"), Map.entry("UserList", "collections"),
			Map.entry("UserString", "collections"), Map.entry("urlparse", "urllib.parse"),
			Map.entry("httplib", "http.client"), Map.entry("xmlrpclib", "xmlrpc.client"));

	private static final Map<String, String> NAMES = Map.of("__builtin__.xrange", "range", "__builtin__.unicode", "str",
			"__builtin__.long", "int", "__builtin__.unichr", "chr", "UserDict.IterableUserDict", "UserDict");

	private Python2Names() {
	}

	static GlobalNode global(String module, String name) {
		return new GlobalNode(MODULES.getOrDefault(module, module), NAMES.getOrDefault(module + "." + name, name));
	}

}
