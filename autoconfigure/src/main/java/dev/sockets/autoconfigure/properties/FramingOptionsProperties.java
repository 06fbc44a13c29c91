package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.BeginInside;
import dev.sockets.framing.HeaderFormat;

/**
 * Details of the framings that need them.
 */
public class FramingOptionsProperties {

	/**
	 * Bytes that end a frame of the delimiter framing: UTF-8 text with the escapes \n,
	 * \r, \t, \0, \xNN and \\.
	 */
	private @Nullable String delimiter;

	/**
	 * Several delimiters, each of which ends a frame; the first one is sent.
	 */
	private List<String> delimiters = List.of();

	/**
	 * Whether its delimiter is a part of a message.
	 */
	private boolean keepDelimiter = false;

	/**
	 * Whether nothing between two delimiters is no message.
	 */
	private boolean skipEmpty = false;

	/**
	 * Fate of what a peer has sent without a delimiter behind it when it ends its side.
	 */
	private AtEnd atEnd = AtEnd.DROP;

	/**
	 * Bytes of each frame of the fixed framing.
	 */
	private @Nullable Integer size;

	/**
	 * Silence that ends a message of 'idle-gap', and is kept between those that are sent.
	 */
	private @Nullable Duration gap;

	/**
	 * Bytes of the length of a length framing: 1, 2, 3, 4 or 8 when it is binary. By
	 * default as its name says.
	 */
	private @Nullable Integer headerSize;

	/**
	 * Way the length of a length framing is written.
	 */
	private HeaderFormat headerFormat = HeaderFormat.BINARY;

	/**
	 * Order of the bytes in the header of a length framing.
	 */
	private HeaderByteOrder byteOrder = HeaderByteOrder.BIG_ENDIAN;

	/**
	 * Bytes of a frame before its length.
	 */
	private int offset = 0;

	/**
	 * Bytes of a frame that its length does not count; negative when it counts more than
	 * there are.
	 */
	private int adjustment = 0;

	/**
	 * Whether the length in the header of a length framing counts the header too.
	 */
	private boolean headerIncluded = false;

	/**
	 * Least number that the length of a length framing may say, as the header of a
	 * protocol has so many bytes; a frame with less is malformed.
	 */
	private int minLength = 0;

	/**
	 * Highest number that the length of a length framing may say, as the longest message
	 * of a protocol has so many bytes; a frame with more is malformed. By default all
	 * that it can say.
	 */
	private @Nullable Integer maxLength;

	/**
	 * Bytes that each frame of a length framing has before its length, by the index of
	 * the first of them; a frame with others is malformed.
	 */
	private final Map<Integer, String> headerBytes = new LinkedHashMap<>();

	/**
	 * Part of a frame that is no part of the message. By default the header, unless there
	 * is something before its length.
	 */
	private @Nullable Strip strip;

	/**
	 * Bytes that begin a frame of the marked framing, in one or several ways; the first
	 * one is sent. In the delimiter framing bytes that are at the start of each frame,
	 * and nowhere else, and stay a part of it.
	 */
	private List<String> begin = List.of();

	/**
	 * Bytes that end a frame of the marked framing, in one or several ways; the first one
	 * is sent.
	 */
	private List<String> end = List.of();

	/**
	 * Fate of bytes between two frames of the marked framing.
	 */
	private Between between = Between.SKIP;

	/**
	 * Fate of a frame of the marked framing in which another one begins before its end.
	 * By default rejected where what begins it starts with a control character.
	 */
	private @Nullable BeginInside beginInside;

	/**
	 * Whether its marks are a part of a message.
	 */
	private boolean keepMarks = false;

	/**
	 * Kind of the escaped framing. By default that of flag, escape and map.
	 */
	private @Nullable EscapeKind kind;

	/**
	 * Byte that begins and ends frames of the escaped framing.
	 */
	private @Nullable String flag;

	/**
	 * Byte that stands before a replacement in the escaped framing.
	 */
	private @Nullable String escape;

	/**
	 * Replacements of the escaped framing: by two hexadecimal digits what follows the
	 * escape in place of that byte.
	 */
	private final Map<String, String> map = new LinkedHashMap<>();

	public @Nullable String getDelimiter() {
		return this.delimiter;
	}

	public void setDelimiter(@Nullable String delimiter) {
		this.delimiter = delimiter;
	}

	public List<String> getDelimiters() {
		return this.delimiters;
	}

	public void setDelimiters(List<String> delimiters) {
		this.delimiters = delimiters;
	}

	public boolean isKeepDelimiter() {
		return this.keepDelimiter;
	}

	public void setKeepDelimiter(boolean keepDelimiter) {
		this.keepDelimiter = keepDelimiter;
	}

	public boolean isSkipEmpty() {
		return this.skipEmpty;
	}

	public void setSkipEmpty(boolean skipEmpty) {
		this.skipEmpty = skipEmpty;
	}

	public AtEnd getAtEnd() {
		return this.atEnd;
	}

	public void setAtEnd(AtEnd atEnd) {
		this.atEnd = atEnd;
	}

	public @Nullable Duration getGap() {
		return this.gap;
	}

	public void setGap(@Nullable Duration gap) {
		this.gap = gap;
	}

	public @Nullable Integer getSize() {
		return this.size;
	}

	public void setSize(@Nullable Integer size) {
		this.size = size;
	}

	public @Nullable Integer getHeaderSize() {
		return this.headerSize;
	}

	public void setHeaderSize(@Nullable Integer headerSize) {
		this.headerSize = headerSize;
	}

	public HeaderFormat getHeaderFormat() {
		return this.headerFormat;
	}

	public void setHeaderFormat(HeaderFormat headerFormat) {
		this.headerFormat = headerFormat;
	}

	public HeaderByteOrder getByteOrder() {
		return this.byteOrder;
	}

	public void setByteOrder(HeaderByteOrder byteOrder) {
		this.byteOrder = byteOrder;
	}

	public int getOffset() {
		return this.offset;
	}

	public void setOffset(int offset) {
		this.offset = offset;
	}

	public int getAdjustment() {
		return this.adjustment;
	}

	public void setAdjustment(int adjustment) {
		this.adjustment = adjustment;
	}

	public boolean isHeaderIncluded() {
		return this.headerIncluded;
	}

	public void setHeaderIncluded(boolean headerIncluded) {
		this.headerIncluded = headerIncluded;
	}

	public int getMinLength() {
		return this.minLength;
	}

	public void setMinLength(int minLength) {
		this.minLength = minLength;
	}

	public @Nullable Integer getMaxLength() {
		return this.maxLength;
	}

	public void setMaxLength(@Nullable Integer maxLength) {
		this.maxLength = maxLength;
	}

	public Map<Integer, String> getHeaderBytes() {
		return this.headerBytes;
	}

	public @Nullable Strip getStrip() {
		return this.strip;
	}

	public void setStrip(@Nullable Strip strip) {
		this.strip = strip;
	}

	public List<String> getBegin() {
		return this.begin;
	}

	public void setBegin(List<String> begin) {
		this.begin = begin;
	}

	public List<String> getEnd() {
		return this.end;
	}

	public void setEnd(List<String> end) {
		this.end = end;
	}

	public Between getBetween() {
		return this.between;
	}

	public void setBetween(Between between) {
		this.between = between;
	}

	public @Nullable BeginInside getBeginInside() {
		return this.beginInside;
	}

	public void setBeginInside(@Nullable BeginInside beginInside) {
		this.beginInside = beginInside;
	}

	public boolean isKeepMarks() {
		return this.keepMarks;
	}

	public void setKeepMarks(boolean keepMarks) {
		this.keepMarks = keepMarks;
	}

	public @Nullable EscapeKind getKind() {
		return this.kind;
	}

	public void setKind(@Nullable EscapeKind kind) {
		this.kind = kind;
	}

	public @Nullable String getFlag() {
		return this.flag;
	}

	public void setFlag(@Nullable String flag) {
		this.flag = flag;
	}

	public @Nullable String getEscape() {
		return this.escape;
	}

	public void setEscape(@Nullable String escape) {
		this.escape = escape;
	}

	public Map<String, String> getMap() {
		return this.map;
	}

	/**
	 * Fates of a last message without its end.
	 */
	public enum AtEnd {

		/** It is lost. */
		DROP,

		/** It is a message. */
		DELIVER

	}

	/**
	 * Parts of a frame.
	 */
	public enum Strip {

		/** What says its length. */
		HEADER,

		/** Nothing of it. */
		NONE

	}

	/**
	 * Fates of bytes that belong to no frame.
	 */
	public enum Between {

		/** They are skipped. */
		SKIP,

		/** They end the connection. */
		ERROR

	}

}
