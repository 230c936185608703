/** A record of a topic on its way from a reader to whatever takes it: views on bytes that belong to the reader. */
@NullMarked
package io.pagewalk.record;

import org.jspecify.annotations.NullMarked;
