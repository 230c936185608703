/** The documents that {@code --json} prints and {@code --report} writes, as records: a component is a member. */
@NullMarked
package io.pagewalk.cli.document;

import org.jspecify.annotations.NullMarked;
