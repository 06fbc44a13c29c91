package dev.sockets.autoconfigure.binding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.Resource;

/**
 * How numbers and the like stand in the file from which YAML has made values of them: of
 * 022010 it makes 9224, of 1:30 it makes 90.
 */
public final class WrittenText {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_+.:-]+");

	/** The file that was read last, as most values come from one. */
	private @Nullable SoftReference<Lines> last;

	private record Lines(Resource file, List<String> lines) {
	}

	/**
	 * Returns how a value is written.
	 * @param property the value
	 * @return empty when it is text, or when nobody knows
	 */
	public Optional<String> of(ConfigurationProperty property) {
		Object value = property.getValue();
		if (!(value instanceof Number || value instanceof Boolean)
				|| !(inFile(property.getOrigin()) instanceof TextResourceOrigin origin)) {
			return Optional.empty();
		}
		Resource file = origin.getResource();
		Location location = origin.getLocation();
		return (file != null && location != null) ? at(lines(file), location) : Optional.empty();
	}

	private static @Nullable Origin inFile(@Nullable Origin origin) {
		return (origin instanceof PropertySourceOrigin source) ? source.getOrigin() : origin;
	}

	private static Optional<String> at(List<String> lines, Location location) {
		String line = (location.getLine() < lines.size()) ? lines.get(location.getLine()) : "";
		Matcher matcher = PLAIN.matcher(line);
		return (location.getColumn() < line.length() && matcher.find(location.getColumn())
				&& matcher.start() == location.getColumn()) ? Optional.of(matcher.group()) : Optional.empty();
	}

	private List<String> lines(Resource file) {
		SoftReference<Lines> last = this.last;
		Lines lines = (last != null) ? last.get() : null;
		if (lines == null || !lines.file().equals(file)) {
			lines = new Lines(file, read(file));
			this.last = new SoftReference<>(lines);
		}
		return lines.lines();
	}

	/** A file that is no longer there tells nothing. */
	private static List<String> read(Resource file) {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
			return reader.lines().toList();
		}
		catch (IOException | RuntimeException ex) {
			return List.of();
		}
	}

}
