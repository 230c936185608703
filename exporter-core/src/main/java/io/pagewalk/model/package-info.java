/** What an export is made of: ranges, extents, tokens, pages, slices. Pure values, no I/O. */
@NullMarked
package io.pagewalk.model;

import org.jspecify.annotations.NullMarked;
