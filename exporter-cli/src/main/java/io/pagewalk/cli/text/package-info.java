/** What commands print: texts for people, documents for programs. */
@NullMarked
package io.pagewalk.cli.text;

import org.jspecify.annotations.NullMarked;
