/** The programs that copy a topic, each with the command that does it best. */
@NullMarked
package io.pagewalk.benchmark.macro.contender;

import org.jspecify.annotations.NullMarked;
