/** Consumers: all that is read of records, and how long is waited for it. */
@NullMarked
package io.pagewalk.internal.consumer;

import org.jspecify.annotations.NullMarked;
