/** The loop: load the last checkpoint, plan a page, execute it, append its checkpoint, until nothing remains. */
@NullMarked
package io.pagewalk.internal.run;

import org.jspecify.annotations.NullMarked;
