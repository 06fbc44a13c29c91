package dev.sockets.autoconfigure.binding;

import java.lang.ref.SoftReference;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;

/**
 * How numbers and the like stand in the file from which YAML has made values of them: of
 * 022010 it makes 9224, of 1:30 it makes 90. A text of which YAML would make another
 * value than there is, is that of no value.
 */
public final class WrittenText {

	private static final boolean HAS_YAML = ClassUtils.isPresent("org.yaml.snakeyaml.Yaml",
			WrittenText.class.getClassLoader());

	/** The file that was read last, as most values come from one. */
	private @Nullable SoftReference<Texts> last;

	private record Texts(Resource file, YamlTexts texts) {
	}

	/**
	 * Returns how a value is written.
	 * @param property the value
	 * @return empty when it is text, or when nobody knows
	 */
	public Optional<String> of(ConfigurationProperty property) {
		Object value = property.getValue();
		if (!HAS_YAML || !(value instanceof Number || value instanceof Boolean)
				|| !(inFile(property.getOrigin()) instanceof TextResourceOrigin origin)) {
			return Optional.empty();
		}
		Resource file = origin.getResource();
		Location location = origin.getLocation();
		return (file != null && location != null) ? texts(file).of(location, value) : Optional.empty();
	}

	private static @Nullable Origin inFile(@Nullable Origin origin) {
		return (origin instanceof PropertySourceOrigin source) ? source.getOrigin() : origin;
	}

	private YamlTexts texts(Resource file) {
		SoftReference<Texts> last = this.last;
		Texts texts = (last != null) ? last.get() : null;
		if (texts == null || !texts.file().equals(file)) {
			texts = new Texts(file, YamlTexts.read(file));
			this.last = new SoftReference<>(texts);
		}
		return texts.texts();
	}

}
