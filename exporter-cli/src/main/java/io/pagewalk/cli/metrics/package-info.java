/** Figures of commands for those who watch them. */
@NullMarked
package io.pagewalk.cli.metrics;

import org.jspecify.annotations.NullMarked;
