package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A selector that fails when it is told to.
 */
final class FailingSelector extends AbstractSelector {

	private final Selector selector;

	private final BooleanSupplier failing;

	FailingSelector(BooleanSupplier failing) throws IOException {
		this(Selector.open(), failing);
	}

	private FailingSelector(Selector selector, BooleanSupplier failing) {
		super(selector.provider());
		this.selector = selector;
		this.failing = failing;
	}

	@Override
	protected void implCloseSelector() throws IOException {
		this.selector.close();
	}

	@Override
	protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
		try {
			return channel.register(this.selector, operations, attachment);
		}
		catch (ClosedChannelException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Set<SelectionKey> keys() {
		return this.selector.keys();
	}

	@Override
	public Set<SelectionKey> selectedKeys() {
		return this.selector.selectedKeys();
	}

	@Override
	public int selectNow() throws IOException {
		failIfTold();
		return this.selector.selectNow();
	}

	@Override
	public int select(long timeout) throws IOException {
		failIfTold();
		return this.selector.select(timeout);
	}

	@Override
	public int select() throws IOException {
		return select(0);
	}

	@Override
	public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
		failIfTold();
		return this.selector.select(action, timeout);
	}

	@Override
	public int selectNow(Consumer<SelectionKey> action) throws IOException {
		failIfTold();
		return this.selector.selectNow(action);
	}

	@Override
	public Selector wakeup() {
		this.selector.wakeup();
		return this;
	}

	private void failIfTold() throws IOException {
		if (this.failing.getAsBoolean()) {
			throw new IOException("The selector fails, as it was told to");
		}
	}

}
