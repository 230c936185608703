/** How a cluster is reached, and, where it cannot be reached, why. {@link io.pagewalk.internal.cluster.KafkaSettings} is the entrance. */
@NullMarked
package io.pagewalk.internal.cluster;

import org.jspecify.annotations.NullMarked;
