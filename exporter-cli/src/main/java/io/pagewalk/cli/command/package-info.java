/** The commands, and what they tell while they work. */
@NullMarked
package io.pagewalk.cli.command;

import org.jspecify.annotations.NullMarked;
