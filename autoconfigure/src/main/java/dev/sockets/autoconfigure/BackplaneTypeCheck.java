package dev.sockets.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.BackplaneProperties;
import dev.sockets.autoconfigure.properties.BackplaneType;

/**
 * Refuses what says where a broker is when nothing says that messages between nodes go by
 * it. Who has left that out would be alone without knowing.
 *
 * @param properties what is set
 */
record BackplaneTypeCheck(BackplaneProperties properties) implements InitializingBean {

	static final String CHANNEL_NAME = "sockets.backplane.channel.name";

	@Override
	public void afterPropertiesSet() {
		refuse(CHANNEL_NAME, this.properties.getChannel().getName(), BackplaneType.CHANNEL);
		boolean url = this.properties.getRedis().getUrl() != null;
		refuse(RedisAddresses.URL, url ? RedisAddresses.HIDDEN : null, BackplaneType.REDIS);
	}

	private void refuse(String key, @Nullable String value, BackplaneType type) {
		if (value != null && this.properties.getType() == null) {
			throw new InvalidSettingException(key, value,
					"left out, or 'sockets.backplane.type' be %s, as nothing else reads it"
						.formatted(type.name().toLowerCase(Locale.ROOT)));
		}
	}

}
