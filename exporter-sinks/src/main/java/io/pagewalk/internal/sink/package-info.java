/** Sinks: the data files. */
@NullMarked
package io.pagewalk.internal.sink;

import org.jspecify.annotations.NullMarked;
