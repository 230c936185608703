/** What a failure means to the person who ran the command: an exit code and one line. */
@NullMarked
package io.pagewalk.cli.failure;

import org.jspecify.annotations.NullMarked;
