/** Logs in a compacted Kafka topic. */
@NullMarked
package io.pagewalk.internal.checkpoint.kafka;

import org.jspecify.annotations.NullMarked;
