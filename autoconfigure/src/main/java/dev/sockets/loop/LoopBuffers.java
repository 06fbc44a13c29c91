package dev.sockets.loop;

import java.nio.ByteBuffer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The memory a runner works with. What is at rest owns none.
 */
public final class LoopBuffers {

	/** How many bytes each buffer holds. */
	public static final int SIZE = 64 * 1024;

	/** What the socket is read into. */
	public final ByteBuffer input = ByteBuffer.allocateDirect(SIZE);

	/** The same bytes where framings can get at them fast. */
	public final byte[] bytes = new byte[SIZE];

	/** What is written to the socket. */
	public final ByteBuffer output = ByteBuffer.allocateDirect(SIZE);

	private @Nullable Object tool;

	LoopBuffers() {
	}

	/**
	 * Returns what a selectable works with on these buffers, made once for each runner.
	 * All selectables of an application make the same.
	 * @param <T> the type of the tool
	 * @param maker makes the tool when there is none
	 * @return the tool
	 */
	@SuppressWarnings("unchecked")
	public <T> T tool(Function<LoopBuffers, T> maker) {
		Object tool = this.tool;
		if (tool == null) {
			tool = maker.apply(this);
			this.tool = tool;
		}
		return (T) tool;
	}

}
