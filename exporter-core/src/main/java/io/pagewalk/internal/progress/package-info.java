/**
 * What the threads of a run tell of themselves, and how they are held back, watched and stopped.
 */
@NullMarked
package io.pagewalk.internal.progress;

import org.jspecify.annotations.NullMarked;
