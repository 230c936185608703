/**
 * What is text and what is JSON: byte-level checks on the hot path.
 */
@NullMarked
package io.pagewalk.internal.payload;

import org.jspecify.annotations.NullMarked;
