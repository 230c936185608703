/** Checkpoint stores. */
@NullMarked
package io.pagewalk.checkpoint;

import org.jspecify.annotations.NullMarked;
