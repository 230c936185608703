/** Pages that are written while others are read. */
@NullMarked
package io.pagewalk.internal.http.stream;

import org.jspecify.annotations.NullMarked;
