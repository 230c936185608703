/**
 * The pure model of a walk: what is to be exported ({@link io.pagewalk.model.Extent}), what is left of it ({@link
 * io.pagewalk.model.PageToken}), and the function from one to the next ({@link io.pagewalk.model.Paginator}). No I/O, no
 * clock, no randomness lives here.
 */
@NullMarked
package io.pagewalk.model;

import org.jspecify.annotations.NullMarked;
