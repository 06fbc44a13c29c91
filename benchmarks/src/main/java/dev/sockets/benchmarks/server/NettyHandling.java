package dev.sockets.benchmarks.server;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.netty.channel.ChannelPipeline;

/**
 * Where the handlers of a Netty server run, which adds them to pipelines.
 */
interface NettyHandling {

	/**
	 * Adds the handler that answers.
	 * @param pipeline that of a new connection
	 * @param behaviour what to do with lines
	 */
	void addTo(ChannelPipeline pipeline, Behaviour behaviour);

	/** On the event loop; flushes once a read. */
	static NettyHandling onLoop() {
		return (pipeline, behaviour) -> pipeline.addLast(new NettyEcho(behaviour, false));
	}

	/** On the event loop; flushes each message. */
	static NettyHandling flushingEach() {
		return (pipeline, behaviour) -> pipeline.addLast(new NettyEcho(behaviour, true));
	}

	/** On as many platform threads as ours has by default, where it has these. */
	static NettyHandling onPool() {
		return handedOverTo(Executors.newFixedThreadPool(Loops.poolSize()));
	}

	/** On a virtual thread for each line. */
	static NettyHandling onVirtualThreads() {
		return handedOverTo(VirtualThreads.executor());
	}

	/**
	 * On other threads: several lines of one connection need not be answered in order.
	 */
	private static NettyHandling handedOverTo(Executor threads) {
		return (pipeline, behaviour) -> pipeline.addLast(new NettyHandOver(threads, behaviour));
	}

}
