/** Logs in a compacted Kafka topic. */
@NullMarked
package io.pagewalk.checkpoint.kafka;

import org.jspecify.annotations.NullMarked;
