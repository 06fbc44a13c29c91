package dev.sockets.runtime.tcp;

import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.SendCallback;

/**
 * A request on its way to the peer.
 *
 * @param request waits for its answer once it is sent
 * @param frame its bytes
 * @param sent told how sending it ended
 */
record OutgoingRequest(PendingRequest request, FrameOutput frame, SendCallback sent) {

}
