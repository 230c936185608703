/** How far a run is, on a terminal, in lines, or as JSON. */
@NullMarked
package io.pagewalk.cli.progress;

import org.jspecify.annotations.NullMarked;
