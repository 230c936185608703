/**
 * What the entries of an export's log say, and where the export stands by them.
 */
@NullMarked
package io.pagewalk.log;

import org.jspecify.annotations.NullMarked;
