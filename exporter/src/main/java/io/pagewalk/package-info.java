/** Runs exports from any program. */
@NullMarked
package io.pagewalk;

import org.jspecify.annotations.NullMarked;
