/** The walk: plan a page, execute it, append its checkpoint, repeat. */
@NullMarked
package io.pagewalk.run;

import org.jspecify.annotations.NullMarked;
