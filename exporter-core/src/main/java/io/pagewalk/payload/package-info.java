/** How keys, values and headers are rendered. */
@NullMarked
package io.pagewalk.payload;

import org.jspecify.annotations.NullMarked;
