/**
 * Where an export's files and its log can be: what options and claims name, and how it is opened. Which storage serves which
 * location is decided here and nowhere else. Prints nothing.
 */
@NullMarked
package io.pagewalk.cli.place;

import org.jspecify.annotations.NullMarked;
