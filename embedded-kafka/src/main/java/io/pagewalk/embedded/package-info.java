/** A real Kafka cluster for demos and tests. */
@NullMarked
package io.pagewalk.embedded;

import org.jspecify.annotations.NullMarked;
