package dev.sockets.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import dev.sockets.multicast.QueueOverflow;

/**
 * What receivers have in common.
 */
public abstract class DatagramReceiverProperties extends DatagramProperties {

	/**
	 * Port to receive on; 0 picks a free one. Required.
	 */
	private @Nullable Integer port;

	/**
	 * Addresses of the only senders whose datagrams are taken. By default all are.
	 */
	private List<String> sources = new ArrayList<>();

	/**
	 * Longest datagram, up to 64KB; a longer one is dropped, counted and published as an
	 * error.
	 */
	private DataSize maxDatagramSize = DataSize.ofKilobytes(64);

	/**
	 * Most datagrams that wait for handlers; they never take more than 16MB.
	 */
	private int queueCapacity = 10_000;

	/**
	 * Datagrams to drop when more would wait.
	 */
	private QueueOverflow queueOverflow = QueueOverflow.DROP_OLDEST;

	/**
	 * Size of the operating system's buffer, of that for each group when there are some;
	 * the system may grant less.
	 */
	private DataSize receiveBuffer = DataSize.ofMegabytes(4);

	/**
	 * Place in a message by which it is routed to a @SocketMapping method: first-word of
	 * a text, json:/pointer, or byte:offset. By default no message is.
	 */
	private @Nullable String routeBy;

	/**
	 * Whether handlers and listeners log with the endpoint: what they log has
	 * 'socket.endpoint' in the MDC.
	 */
	private boolean mdc;

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public List<String> getSources() {
		return this.sources;
	}

	public void setSources(List<String> sources) {
		this.sources = sources;
	}

	public DataSize getMaxDatagramSize() {
		return this.maxDatagramSize;
	}

	public void setMaxDatagramSize(DataSize maxDatagramSize) {
		this.maxDatagramSize = maxDatagramSize;
	}

	public int getQueueCapacity() {
		return this.queueCapacity;
	}

	public void setQueueCapacity(int queueCapacity) {
		this.queueCapacity = queueCapacity;
	}

	public QueueOverflow getQueueOverflow() {
		return this.queueOverflow;
	}

	public void setQueueOverflow(QueueOverflow queueOverflow) {
		this.queueOverflow = queueOverflow;
	}

	public DataSize getReceiveBuffer() {
		return this.receiveBuffer;
	}

	public void setReceiveBuffer(DataSize receiveBuffer) {
		this.receiveBuffer = receiveBuffer;
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

}
