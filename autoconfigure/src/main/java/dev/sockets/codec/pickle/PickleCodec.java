package dev.sockets.codec.pickle;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

import dev.sockets.codec.Codec;

/**
 * Payloads are objects, pickles of Python on the wire. All protocols are read, 0 to 5.
 * Reading loads and calls nothing: an object is either of a class that was mapped, or a
 * {@link dev.sockets.codec.PickledObject}.
 *
 * <table>
 * <caption>What becomes of a value</caption>
 * <tr>
 * <th>Python</th>
 * <th>received</th>
 * <th>also sent as such</th>
 * </tr>
 * <tr>
 * <td>None, bool, float, str</td>
 * <td>{@code null}, {@code Boolean}, {@code Double}, {@code String}</td>
 * <td>{@code Float}, any {@code CharSequence}, {@code Character}, the name of an
 * enum</td>
 * </tr>
 * <tr>
 * <td>int</td>
 * <td>the smallest of {@code Integer}, {@code Long} and {@code BigInteger}</td>
 * <td>{@code Short}, {@code Byte}</td>
 * </tr>
 * <tr>
 * <td>bytes, bytearray</td>
 * <td>{@code byte[]}; in keys and sets a read-only {@code ByteBuffer}</td>
 * <td>goes out as bytes</td>
 * </tr>
 * <tr>
 * <td>list</td>
 * <td>{@code List}</td>
 * <td>any {@code Collection}, array</td>
 * </tr>
 * <tr>
 * <td>tuple</td>
 * <td>{@link dev.sockets.codec.Tuple}</td>
 * <td>a record whose class is not mapped</td>
 * </tr>
 * <tr>
 * <td>dict, OrderedDict</td>
 * <td>{@code Map} in the same order</td>
 * <td>goes out as dict</td>
 * </tr>
 * <tr>
 * <td>set, frozenset</td>
 * <td>{@code Set} in the same order</td>
 * <td>goes out as set; in keys and sets as frozenset</td>
 * </tr>
 * </table>
 *
 * <p>
 * Anything else cannot be sent: never the name of a class that was not mapped. A value
 * that contains itself can be neither sent nor received. Bytes after the pickle are an
 * error.
 */
public final class PickleCodec implements Codec {

	private final int protocol;

	private final PickleLimits limits;

	private final ClassMappings mappings;

	private final boolean keepsUnfit;

	private PickleCodec(Builder builder) {
		this.protocol = builder.protocol;
		this.limits = builder.limits;
		this.mappings = new ClassMappings(builder.mappings);
		this.keepsUnfit = builder.keepsUnfit;
	}

	/**
	 * Starts to build a codec.
	 * @return a builder with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public @Nullable Object decode(byte[] buffer, int offset, int length) {
		PickleInput input = new PickleInput(buffer, offset, length);
		Object pickled = new PickleReader(input, this.limits).read();
		if (input.consumed() < length) {
			throw PickleFault.received("a pickle of %d bytes in a message of %d".formatted(input.consumed(), length));
		}
		return assembler(length).assemble(pickled);
	}

	@Override
	public List<@Nullable Object> decodeHead(byte[] buffer, int offset, int length) {
		Object pickled = new PickleReader(new PickleInput(buffer, offset, length), this.limits).read();
		return assembler(length).assembleHead(pickled);
	}

	private Assembler assembler(int length) {
		return new Assembler(this.limits, this.mappings, this.keepsUnfit, length);
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		return new PickleWriter(this.protocol, this.limits.depth(), this.mappings).write(payload);
	}

	/**
	 * Converts integers to other numbers, lists, tuples, sets and dicts to collections,
	 * maps and arrays of the wanted elements, tuples to records, in their order, and
	 * dicts to records and beans, by name.
	 */
	@Override
	public @Nullable Object convert(Object value, ResolvableType type) {
		return FieldValues.convert(value, type);
	}

	@Override
	public String toString() {
		return "pickle (protocol " + this.protocol + ")";
	}

	/**
	 * Builds a codec.
	 */
	public static final class Builder {

		private int protocol = PickleValueOutput.FRAMED_PROTOCOL;

		private PickleLimits limits = PickleLimits.DEFAULT;

		private final ClassMappings mappings = new ClassMappings();

		private boolean keepsUnfit;

		private Builder() {
		}

		/**
		 * Sets the protocol that is written. By default 4, in one frame, which Python
		 * reads from 3.4 on. Protocol 3 is for peers that read no other: as Python's own,
		 * it says after each value that it is to be remembered.
		 * @param protocol 3 or 4
		 * @return this builder
		 * @throws IllegalArgumentException when it is neither
		 */
		public Builder protocol(int protocol) {
			Assert.isTrue(protocol == 3 || protocol == 4, "Pickles are written in protocol 3 or 4");
			this.protocol = protocol;
			return this;
		}

		/**
		 * Maps a class of Python to a record or bean, by the names of its fields. What a
		 * peer sends as arguments, such as a namedtuple, is taken in the order of a
		 * record's components. What is sent has its fields set, without the class's
		 * constructor: which a namedtuple and a class with {@code __slots__} don't allow.
		 * @param python the class, with its module: {@code shop.Order}, or
		 * {@code shop:Order.Line} for one in another class
		 * @param type the record or bean
		 * @return this builder
		 * @throws IllegalArgumentException when the name has no module, the class is
		 * neither a record nor a bean, or one of them is mapped already
		 */
		public Builder map(String python, Class<?> type) {
			this.mappings.add(python, type);
			return this;
		}

		/**
		 * Sets what becomes of an object of a mapped class that the record or bean does
		 * not take: by default its message is an error; else it stays a
		 * {@link dev.sockets.codec.PickledObject}, as those of other classes do. That is
		 * for requests by opcode, which are answered by a TypeError then.
		 * @param keeps whether it stays one
		 * @return this builder
		 */
		public Builder keepUnfit(boolean keeps) {
			this.keepsUnfit = keeps;
			return this;
		}

		/**
		 * Sets what one message may cost.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(PickleLimits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Builds the codec.
		 * @return a codec
		 */
		public PickleCodec build() {
			return new PickleCodec(this);
		}

	}

}
