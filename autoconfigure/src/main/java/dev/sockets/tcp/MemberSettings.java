package dev.sockets.tcp;

import dev.sockets.InvalidSettingException;

/**
 * Who belongs together among the connections of a server.
 *
 * @param maxGroups most groups that a connection may be in
 * @param backplane whether servers of that name on other nodes are one with it, where
 * there are other nodes
 */
public record MemberSettings(int maxGroups, boolean backplane) {

	void check(String path) {
		if (this.maxGroups < 1) {
			throw new InvalidSettingException(path + ".max-groups", this.maxGroups, "at least 1");
		}
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		private int maxGroups = 100;

		private boolean backplane = true;

		Builder() {
		}

		/**
		 * Sets the most groups that a connection may be in; 100 when it isn't set.
		 * @param maxGroups the number
		 * @return this builder
		 */
		public Builder maxGroups(int maxGroups) {
			this.maxGroups = maxGroups;
			return this;
		}

		/**
		 * Sets whether servers of that name on other nodes are one with it; they are when
		 * it isn't set.
		 * @param backplane {@code false} to keep the server to itself
		 * @return this builder
		 */
		public Builder backplane(boolean backplane) {
			this.backplane = backplane;
			return this;
		}

		MemberSettings build() {
			return new MemberSettings(this.maxGroups, this.backplane);
		}

	}

}
