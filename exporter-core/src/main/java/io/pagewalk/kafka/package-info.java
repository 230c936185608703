/** Reads Kafka: freezes extents and reads slices. */
@NullMarked
package io.pagewalk.kafka;

import org.jspecify.annotations.NullMarked;
