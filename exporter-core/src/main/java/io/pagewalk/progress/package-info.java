/**
 * What the threads of a run tell of themselves, and how they are held back, watched and stopped.
 */
@NullMarked
package io.pagewalk.progress;

import org.jspecify.annotations.NullMarked;
