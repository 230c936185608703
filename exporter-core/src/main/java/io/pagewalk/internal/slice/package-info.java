/** The work on slices: what happens to one, and the threads that do it. */
@NullMarked
package io.pagewalk.internal.slice;

import org.jspecify.annotations.NullMarked;
