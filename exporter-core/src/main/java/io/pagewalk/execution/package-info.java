/** The work on slices as values, for those who have it done in other processes. */
@NullMarked
package io.pagewalk.execution;

import org.jspecify.annotations.NullMarked;
