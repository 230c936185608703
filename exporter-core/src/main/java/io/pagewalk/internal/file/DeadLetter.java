package io.pagewalk.internal.file;

import io.pagewalk.record.RecordView;

/**
 * A record that was set aside.
 *
 * @param record as the topic has it; valid as long as that one is
 * @param part what of it does not fit: {@code key}, {@code value}, {@code header} or {@code timestamp}
 * @param problem why, in words that are the same for all such records
 */
public record DeadLetter(RecordView record, String part, String problem) {}
