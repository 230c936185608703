/** Typed columns of exports: how they are planned, and how payloads are read into them. Exports without any load nothing of it. */
@NullMarked
package io.pagewalk.internal.typed;

import org.jspecify.annotations.NullMarked;
