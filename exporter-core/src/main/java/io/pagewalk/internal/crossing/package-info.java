/** Where the log of a partition crosses a time, found from samples of its records. No I/O, no clock. */
@NullMarked
package io.pagewalk.internal.crossing;

import org.jspecify.annotations.NullMarked;
