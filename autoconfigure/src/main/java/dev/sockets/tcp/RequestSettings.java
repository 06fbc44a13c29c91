package dev.sockets.tcp;

import java.time.Duration;
import java.util.function.Consumer;

import dev.sockets.InvalidSettingException;

/**
 * How the requests of a connection are answered, and its peer's by it.
 *
 * @param timeout how long a request waits for its answer
 * @param maxPending most requests of one connection that may wait for an answer
 * @param matching how they find their answers
 * @param replyOrder in which order replies leave that come later
 */
public record RequestSettings(Duration timeout, int maxPending, RequestMatching matching, ReplyOrder replyOrder) {

	void check(String path) {
		PositiveSetting.require(path + ".request-timeout", this.timeout);
		if (this.maxPending < 1) {
			throw new InvalidSettingException(path + ".max-pending-requests", this.maxPending, "at least 1");
		}
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		Duration timeout = Duration.ofSeconds(5);

		int maxPending = 10_000;

		RequestMatching matching = RequestMatching.IN_ORDER;

		ReplyOrder replyOrder = ReplyOrder.MESSAGE;

		Builder() {
		}

		RequestSettings build() {
			return new RequestSettings(this.timeout, this.maxPending, this.matching, this.replyOrder);
		}

	}

	/**
	 * Sets these settings among others.
	 *
	 * @param <B> type of the builder of all
	 */
	public interface Setters<B> {

		/**
		 * Changes how requests are answered: what the other methods do.
		 * @param change changes it
		 * @return this builder
		 */
		B requests(Consumer<Builder> change);

		/**
		 * Sets how long a request waits for its answer; 5 s when it isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		default B requestTimeout(Duration timeout) {
			return requests((requests) -> requests.timeout = timeout);
		}

		/**
		 * Sets how many requests of a connection may wait for an answer; 10,000 when it
		 * isn't set.
		 * @param max the number
		 * @return this builder
		 */
		default B maxPendingRequests(int max) {
			return requests((requests) -> requests.maxPending = max);
		}

		/**
		 * Sets how requests find their answers; in order when it isn't set.
		 * @param matching how
		 * @return this builder
		 */
		default B requestMatching(RequestMatching matching) {
			return requests((requests) -> requests.matching = matching);
		}

		/**
		 * Sets in which order replies leave that come later; in that of the messages that
		 * they answer when it isn't set.
		 * @param order the order
		 * @return this builder
		 */
		default B replyOrder(ReplyOrder order) {
			return requests((requests) -> requests.replyOrder = order);
		}

	}

}
