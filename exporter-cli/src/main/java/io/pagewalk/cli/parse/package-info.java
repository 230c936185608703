/** Where options come from besides the command line, how their texts are read, and what is said of wrong ones. */
@NullMarked
package io.pagewalk.cli.parse;

import org.jspecify.annotations.NullMarked;
