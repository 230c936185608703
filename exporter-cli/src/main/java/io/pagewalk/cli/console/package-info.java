/** The process and its terminal: streams, secrets, signals, logging, and how it ends. */
@NullMarked
package io.pagewalk.cli.console;

import org.jspecify.annotations.NullMarked;
