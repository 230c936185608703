/** Tables that follow exports: their options, and the command that looks after them. */
@NullMarked
package io.pagewalk.cli.table;

import org.jspecify.annotations.NullMarked;
