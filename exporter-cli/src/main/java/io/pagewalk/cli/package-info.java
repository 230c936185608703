/** The command line: the only place that prints. */
@NullMarked
package io.pagewalk.cli;

import org.jspecify.annotations.NullMarked;
