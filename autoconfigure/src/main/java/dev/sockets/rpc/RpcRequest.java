package dev.sockets.rpc;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * A request of the peer. Not changed once made, so usable from any thread.
 */
public interface RpcRequest {

	/**
	 * Returns the opcode as the codec has decoded it.
	 * @return an {@code Integer} or {@code Long}, a {@code String} or a {@code byte[]}
	 */
	Object opcode();

	/**
	 * Returns the positional arguments.
	 * @return an unmodifiable list, with {@code null} for None
	 */
	List<@Nullable Object> args();

	/**
	 * Returns the named arguments.
	 * @return an unmodifiable map in the peer's order, with {@code null} for None
	 */
	Map<String, @Nullable Object> kwargs();

	/**
	 * Returns the connection that the request came over, which is a
	 * {@code dev.sockets.tcp.Connection}: so it can be assigned to that too.
	 * @param <C> how much of the connection the caller wants to see
	 * @return the connection
	 */
	<C extends RpcConnection> C connection();

	/**
	 * Returns a positional argument as an object of a class.
	 * @param <T> the class
	 * @param index its position, from 0
	 * @param type the class
	 * @return the argument, converted if it has to be; {@code null} for None
	 * @throws ArgumentMismatchException when there is none, or it cannot be converted
	 */
	<T> @Nullable T arg(int index, Class<T> type);

	/**
	 * Makes a value that came with the request what is wanted.
	 * @param value the value
	 * @param type what is wanted
	 * @param name what the value is called in messages to the peer
	 * @return the value itself, or what it was converted to
	 * @throws ArgumentMismatchException when it cannot be converted
	 */
	@Nullable Object convert(@Nullable Object value, ResolvableType type, String name);

}
