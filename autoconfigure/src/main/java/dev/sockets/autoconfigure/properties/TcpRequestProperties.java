package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.tcp.PeerEndPolicy;
import dev.sockets.tcp.ReplyOrder;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;

/**
 * How TCP servers and clients ask and answer, and choose the handler of a message.
 */
public abstract class TcpRequestProperties extends EndpointProperties {

	/**
	 * Time that a request waits for its answer.
	 */
	private Duration requestTimeout = Duration.ofSeconds(5);

	/**
	 * Most requests of one connection that may wait for an answer.
	 */
	private int maxPendingRequests = 10_000;

	@NestedConfigurationProperty
	private final CorrelationProperties correlation = new CorrelationProperties();

	/**
	 * Fate of a connection when a request was not answered in time. By default close,
	 * with a correlation keep.
	 */
	private @Nullable RequestTimeoutPolicy onRequestTimeout;

	/**
	 * Time at which a request leaves while another one waits for its answer.
	 */
	private RequestOrder requestOrder = RequestOrder.PIPELINED;

	/**
	 * Order in which replies leave that come later, by futures.
	 */
	private ReplyOrder replyOrder = ReplyOrder.MESSAGE;

	/**
	 * Fate of a connection whose peer has ended its output.
	 */
	private PeerEndPolicy onPeerEnd = PeerEndPolicy.CLOSE;

	/**
	 * Place in a message by which it is routed to a @SocketMapping method: first-word of
	 * a text, json:/pointer, or byte:offset. By default no message is.
	 */
	private @Nullable String routeBy;

	/**
	 * Whether handlers and listeners log with the endpoint and the connection: what they
	 * log has 'socket.endpoint' and 'socket.connection' in the MDC.
	 */
	private boolean mdc;

	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public int getMaxPendingRequests() {
		return this.maxPendingRequests;
	}

	public void setMaxPendingRequests(int maxPendingRequests) {
		this.maxPendingRequests = maxPendingRequests;
	}

	public CorrelationProperties getCorrelation() {
		return this.correlation;
	}

	/**
	 * Takes what stands in the place of the group: the name of a bean. Its other values
	 * stay.
	 * @param correlation has the name
	 */
	public void setCorrelation(CorrelationProperties correlation) {
		this.correlation.use(correlation.bean());
	}

	public @Nullable RequestTimeoutPolicy getOnRequestTimeout() {
		return this.onRequestTimeout;
	}

	public void setOnRequestTimeout(@Nullable RequestTimeoutPolicy onRequestTimeout) {
		this.onRequestTimeout = onRequestTimeout;
	}

	public RequestOrder getRequestOrder() {
		return this.requestOrder;
	}

	public void setRequestOrder(RequestOrder requestOrder) {
		this.requestOrder = requestOrder;
	}

	public ReplyOrder getReplyOrder() {
		return this.replyOrder;
	}

	public void setReplyOrder(ReplyOrder replyOrder) {
		this.replyOrder = replyOrder;
	}

	public boolean isMdc() {
		return this.mdc;
	}

	public void setMdc(boolean mdc) {
		this.mdc = mdc;
	}

	public @Nullable String getRouteBy() {
		return this.routeBy;
	}

	public void setRouteBy(@Nullable String routeBy) {
		this.routeBy = routeBy;
	}

	public PeerEndPolicy getOnPeerEnd() {
		return this.onPeerEnd;
	}

	public void setOnPeerEnd(PeerEndPolicy onPeerEnd) {
		this.onPeerEnd = onPeerEnd;
	}

}
