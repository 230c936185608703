/** What versions of a schema say, merged into the one schema of a table, and how values of each version become values of the table. */
@NullMarked
package io.pagewalk.internal.schema;

import org.jspecify.annotations.NullMarked;
