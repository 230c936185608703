/** Failures, one type per decision the caller has to make. */
@NullMarked
package io.pagewalk.error;

import org.jspecify.annotations.NullMarked;
