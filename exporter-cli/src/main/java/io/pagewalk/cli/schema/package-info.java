/** Options that say who knows the schemas of payloads, and which they are. */
@NullMarked
package io.pagewalk.cli.schema;

import org.jspecify.annotations.NullMarked;
