/** Shapes of rows as schemas of Apache Iceberg, and whether a table's own can hold them. Asks no catalog. */
@NullMarked
package io.pagewalk.internal.iceberg.schema;

import org.jspecify.annotations.NullMarked;
