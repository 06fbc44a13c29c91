package dev.sockets.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads one object, and refuses what is not allowed before a class is loaded, what is too
 * deep or has too many parts before it is made, and arrays that are longer than what has
 * come before there is memory for them. A collection that holds the same ones over and
 * over, so that to look at all of it would take for ever, is refused before another one
 * holds it.
 */
final class ObjectInput extends ObjectInputStream {

	static final int MAX_DEPTH = 16;

	static final int MAX_REFERENCES = 100_000;

	/** A table of a map has more places than the map has entries. */
	private static final int ELEMENTS_PER_BYTE = 4;

	private static final int MIN_ELEMENTS = 1024;

	/** How many parts each collection has, those of its parts included. */
	private final Map<Object, Long> sizes = new IdentityHashMap<>();

	private final long mostParts;

	private final AllowedClasses allowed;

	private final @Nullable ClassLoader loader;

	private long elementsLeft;

	private @Nullable String refusal;

	/**
	 * Begins to read.
	 * @param bytes the serialized object
	 * @param length how many bytes it is
	 * @param allowed the classes that may be loaded
	 * @param loader loads them
	 * @throws IOException when it does not begin like a serialized object
	 */
	ObjectInput(InputStream bytes, int length, AllowedClasses allowed, @Nullable ClassLoader loader)
			throws IOException {
		super(bytes);
		this.allowed = allowed;
		this.loader = loader;
		this.elementsLeft = (long) length * ELEMENTS_PER_BYTE + MIN_ELEMENTS;
		this.mostParts = (long) length + MIN_ELEMENTS;
		setObjectInputFilter(this::look);
		enableResolveObject(true);
	}

	@Override
	protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
		this.allowed.check(description.getName());
		return Class.forName(description.getName(), false, this.loader);
	}

	@Override
	protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
		throw new InvalidClassException("A proxy is not allowed");
	}

	@Override
	protected Object resolveObject(Object object) throws IOException {
		Stream<?> parts = parts(object);
		if (parts != null) {
			long size = 1 + parts.mapToLong((part) -> this.sizes.getOrDefault(part, 1L)).sum();
			if (size > this.mostParts) {
				throw new InvalidClassException("It holds the same parts so often that they are more than has come");
			}
			this.sizes.put(object, size);
		}
		return object;
	}

	/** Those of the JDK's own, as others may do anything when they are asked. */
	private static @Nullable Stream<?> parts(Object object) {
		if (object instanceof Object[] array) {
			return Arrays.stream(array);
		}
		if (!object.getClass().getName().startsWith("java.util.")) {
			return null;
		}
		if (object instanceof Collection<?> collection) {
			return collection.stream();
		}
		return (object instanceof Map<?, ?> map) ? Stream.concat(map.keySet().stream(), map.values().stream()) : null;
	}

	private ObjectInputFilter.Status look(ObjectInputFilter.FilterInfo info) {
		if (info.depth() > MAX_DEPTH) {
			return refuse("It is deeper than " + MAX_DEPTH + " objects in one another");
		}
		if (info.references() > MAX_REFERENCES) {
			return refuse("It has more than " + MAX_REFERENCES + " parts");
		}
		if (info.arrayLength() > 0) {
			this.elementsLeft -= info.arrayLength();
			if (this.elementsLeft < 0) {
				return refuse("Its arrays are longer than what has come");
			}
		}
		Class<?> type = info.serialClass();
		return (type != null) ? look(type) : ObjectInputFilter.Status.UNDECIDED;
	}

	private ObjectInputFilter.Status look(Class<?> type) {
		try {
			this.allowed.check(type.getName());
			return ObjectInputFilter.Status.ALLOWED;
		}
		catch (InvalidClassException ex) {
			return refuse(String.valueOf(ex.getMessage()));
		}
	}

	private ObjectInputFilter.Status refuse(String reason) {
		this.refusal = reason;
		return ObjectInputFilter.Status.REJECTED;
	}

	/**
	 * Reads the object.
	 * @return the object; {@code null} when it is that
	 * @throws InvalidClassException when it is refused, and why
	 * @throws IOException when it is malformed
	 * @throws ClassNotFoundException when a class that is allowed is not there
	 */
	@Nullable Object readAllowed() throws IOException, ClassNotFoundException {
		try {
			return readObject();
		}
		catch (StackOverflowError ex) {
			throw new InvalidClassException("It holds itself where it must not");
		}
		catch (InvalidClassException ex) {
			String refusal = this.refusal;
			if (refusal == null) {
				throw ex;
			}
			InvalidClassException refused = new InvalidClassException(refusal);
			refused.initCause(ex);
			throw refused;
		}
	}

}
