package dev.sockets.runtime.tcp.server;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.MemberIndex;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.ConnectionInfo;

/**
 * What other nodes are told of the members of a server here, and which users are there on
 * whatever node.
 */
final class SharedMembers implements MemberChanges {

	private final String server;

	private final LocalNode node;

	private final Backplane backplane;

	private final MemberNews news;

	private final NodeNews nodes;

	/** Users, and whether they are here or elsewhere. */
	private final MemberIndex<Boolean> users;

	SharedMembers(String server, LocalNode node, Backplane backplane, MemberNews news) {
		this.server = server;
		this.node = node;
		this.backplane = backplane;
		this.news = news;
		this.nodes = news.nodes();
		this.users = new MemberIndex<>(news::online, news::offline);
	}

	Backplane backplane() {
		return this.backplane;
	}

	MemberNews news() {
		return this.news;
	}

	NodeNews nodes() {
		return this.nodes;
	}

	@Override
	public void opened(DefaultConnection connection) {
		this.backplane.opened(this.server, this.node.describe(connection));
	}

	@Override
	public void closed(DefaultConnection connection) {
		this.backplane.closed(this.server, connection.getId());
	}

	@Override
	public void identified(DefaultConnection connection, @Nullable String user) {
		this.backplane.identified(this.server, connection.getId(), user);
	}

	@Override
	public void appeared(String group) {
		this.backplane.needs(this.server, Target.Kind.GROUP, group);
	}

	@Override
	public void gone(String group) {
		this.backplane.needsNoMore(this.server, Target.Kind.GROUP, group);
	}

	@Override
	public void joined(String group, DefaultConnection connection) {
		ConnectionInfo member = this.node.describe(connection);
		this.backplane.opened(this.server, member);
		this.backplane.joined(this.server, member.id(), group, member.groups());
		this.news.joined(group, member, true);
	}

	@Override
	public void left(String group, DefaultConnection connection) {
		ConnectionInfo member = this.node.describe(connection);
		this.backplane.left(this.server, member.id(), group, member.groups());
		this.news.left(group, member, true);
	}

	@Override
	public void online(String user) {
		this.backplane.needs(this.server, Target.Kind.USER, user);
		this.users.add(user, true);
	}

	@Override
	public void offline(String user) {
		this.backplane.needsNoMore(this.server, Target.Kind.USER, user);
		this.users.remove(user, true);
	}

	void onlineElsewhere(String user) {
		this.users.add(user, false);
	}

	void offlineElsewhere(String user) {
		this.users.remove(user, false);
	}

	@Override
	public void tell() {
		this.news.tell();
	}

}
