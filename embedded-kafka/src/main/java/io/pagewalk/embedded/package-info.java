/**
 * A real Kafka cluster of KRaft brokers, without Docker and without an installation: in this JVM ({@link
 * io.pagewalk.embedded.EmbeddedKafka}) or as a process of its own ({@link io.pagewalk.embedded.EmbeddedKafkaMain}).
 * For the demo and for tests; it listens on the loopback interface only.
 */
@NullMarked
package io.pagewalk.embedded;

import org.jspecify.annotations.NullMarked;
