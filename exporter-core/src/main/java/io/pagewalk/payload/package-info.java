/**
 * How keys, values and header values are understood: as bytes, text or JSON.
 */
@NullMarked
package io.pagewalk.payload;

import org.jspecify.annotations.NullMarked;
