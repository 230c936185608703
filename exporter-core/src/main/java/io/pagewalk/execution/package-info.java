/** The work on slices, and the checks of files, as values for those who have it done in other processes. */
@NullMarked
package io.pagewalk.execution;

import org.jspecify.annotations.NullMarked;
