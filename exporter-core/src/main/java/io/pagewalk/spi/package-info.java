/**
 * What the walk needs from the outside, as interfaces: where records come from, how they are encoded, where files and
 * checkpoints go, who runs the slices; and providers, by which jars add formats and places. Each states who calls it, how often and from which thread.
 */
@NullMarked
package io.pagewalk.spi;

import org.jspecify.annotations.NullMarked;
