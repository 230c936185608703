/** Everything that reads topics to export: freezing an extent, sampling it, reading its slices, checking that it is still the same log. */
@NullMarked
package io.pagewalk.internal.kafka;

import org.jspecify.annotations.NullMarked;
