/** How keys, values and header values are understood: as bytes, text or JSON; and the checks behind that. */
@NullMarked
package io.pagewalk.payload;

import org.jspecify.annotations.NullMarked;
