package io.pagewalk.internal.file;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was set aside.
 *
 * @param record as the topic has it
 * @param part what of it does not fit: {@code key}, {@code value}, {@code header} or {@code timestamp}
 * @param problem why, in words that are the same for all such records
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String part, String problem) {}
