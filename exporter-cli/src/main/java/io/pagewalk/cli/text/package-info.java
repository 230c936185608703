/** What commands print for people, and records as {@code page} prints them. */
@NullMarked
package io.pagewalk.cli.text;

import org.jspecify.annotations.NullMarked;
