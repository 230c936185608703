/**
 * How keys, values and header values are understood, and in which form files keep them: as bytes, text or JSON.
 */
@NullMarked
package io.pagewalk.payload;

import org.jspecify.annotations.NullMarked;
