/** The options of the commands, and how they become settings. */
@NullMarked
package io.pagewalk.cli.option;

import org.jspecify.annotations.NullMarked;
