/** Sinks: the data files. */
@NullMarked
package io.pagewalk.sink;

import org.jspecify.annotations.NullMarked;
