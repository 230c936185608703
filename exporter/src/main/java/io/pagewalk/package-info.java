/**
 * Runs exports from any program. {@link io.pagewalk.Pagewalk} is the entrance. Nothing here prints, or knows of options.
 */
@NullMarked
package io.pagewalk;

import org.jspecify.annotations.NullMarked;
