/**
 * Exports what another export has set aside. {@link io.pagewalk.internal.deadletter.DeadLetterSource} is the entrance: it takes the
 * place that a cluster has otherwise, and the log of that other export the place of the topic.
 */
@NullMarked
package io.pagewalk.internal.deadletter;

import org.jspecify.annotations.NullMarked;
