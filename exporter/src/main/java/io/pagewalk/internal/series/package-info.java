/** Which run of a series a command works on, and on what terms. */
@NullMarked
package io.pagewalk.internal.series;

import org.jspecify.annotations.NullMarked;
