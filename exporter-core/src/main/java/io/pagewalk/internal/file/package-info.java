/** Data files and dead letters: their publication, their figures. What is inside is a {@code FileFormat}'s business. */
@NullMarked
package io.pagewalk.internal.file;

import org.jspecify.annotations.NullMarked;
