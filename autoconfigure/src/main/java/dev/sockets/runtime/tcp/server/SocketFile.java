package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.TcpServer;

/**
 * The file by which programs find the Unix domain socket that a server listens on. One
 * that nobody listens on any more, as after a crash, is removed; what is no socket, or
 * somebody else's, never is. For one thread at a time.
 */
final class SocketFile {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private static final int KIND_OF_FILE = 0170000;

	private static final int SOCKET = 0140000;

	private final Path path;

	private @Nullable Object key;

	SocketFile(Path path) {
		this.path = path;
	}

	/**
	 * Makes room for the file.
	 * @throws BindException when it cannot be made
	 */
	void prepare() throws IOException {
		Path directory = this.path.getParent();
		if (directory == null || !Files.isDirectory(directory)) {
			throw new BindException("the directory " + directory + " does not exist");
		}
		boolean exists = Files.exists(this.path, LinkOption.NOFOLLOW_LINKS);
		if (exists && !isSocket()) {
			throw new BindException("there is something of this name that is no socket");
		}
		if (exists) {
			requireNoListener();
		}
		if (!Files.isWritable(directory)) {
			throw new BindException("the directory " + directory + " may not be written to by this user");
		}
		if (exists) {
			Files.deleteIfExists(this.path);
			logger.info("The socket " + this.path + ", on which nobody has listened any more, was removed");
		}
	}

	private boolean isSocket() throws IOException {
		try {
			Integer mode = (Integer) Files.getAttribute(this.path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
			return (mode & KIND_OF_FILE) == SOCKET;
		}
		catch (UnsupportedOperationException ex) {
			return Files.readAttributes(this.path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther();
		}
	}

	/** Whoever is not refused may be somebody, also when not everybody is let in. */
	private void requireNoListener() throws IOException {
		try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			socket.configureBlocking(false);
			socket.connect(UnixDomainSocketAddress.of(this.path));
		}
		catch (ConnectException ex) {
			return;
		}
		catch (IOException ex) {
			throw new BindException("the socket is in use, or may be: " + FailureText.message(ex));
		}
		throw new BindException("the socket is in use");
	}

	/**
	 * The socket was bound, so the file is there.
	 * @param permissions who may connect; {@code null} for what the process gives
	 * @throws IOException when these cannot be given
	 */
	void bound(@Nullable Set<PosixFilePermission> permissions) throws IOException {
		this.key = key();
		if (permissions == null) {
			return;
		}
		try {
			Files.setPosixFilePermissions(this.path, permissions);
		}
		catch (UnsupportedOperationException ex) {
			throw new BindException("its file system has no permissions of this kind");
		}
	}

	private @Nullable Object key() throws IOException {
		return Files.readAttributes(this.path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
	}

	/**
	 * Removes the file, unless another one has taken its place. Called before the socket
	 * is closed, as that keeps others from being taken for this one.
	 */
	void remove() {
		Object own = this.key;
		this.key = null;
		try {
			if (own != null && Files.exists(this.path, LinkOption.NOFOLLOW_LINKS) && own.equals(key())) {
				Files.delete(this.path);
			}
		}
		catch (IOException ex) {
			logger.warn("The socket " + this.path + " could not be removed: " + FailureText.message(ex));
		}
	}

}
