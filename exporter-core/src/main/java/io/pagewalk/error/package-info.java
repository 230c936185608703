/** One exception type per decision that a caller must make. */
@NullMarked
package io.pagewalk.error;

import org.jspecify.annotations.NullMarked;
