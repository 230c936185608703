/** Checkpoint stores. */
@NullMarked
package io.pagewalk.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
