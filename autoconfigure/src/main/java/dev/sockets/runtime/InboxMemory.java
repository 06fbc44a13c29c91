package dev.sockets.runtime;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * The memory that all inboxes of an application share for what peers have sent.
 *
 * @param isUsedUp whether nothing more should be kept
 * @param count told how many bytes more are kept, or less; called with a lock held
 */
public record InboxMemory(BooleanSupplier isUsedUp, LongConsumer count) {

}
