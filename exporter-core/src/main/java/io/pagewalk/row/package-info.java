/** Typed columns, and the values of one record in them, for whoever decodes payloads and whoever writes or compares them. */
@NullMarked
package io.pagewalk.row;

import org.jspecify.annotations.NullMarked;
