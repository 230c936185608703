/**
 * How keys, values and header values are understood, and in which form files keep them: as bytes, text, JSON or values in typed columns.
 */
@NullMarked
package io.pagewalk.payload;

import org.jspecify.annotations.NullMarked;
