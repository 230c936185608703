/**
 * Tables of Apache Iceberg that follow a log: catalogs, schemas and the ids of their columns, and the one transaction that compares
 * and sets. {@link io.pagewalk.internal.iceberg.IcebergProvider} is what the rest of Pagewalk knows.
 */
@NullMarked
package io.pagewalk.internal.iceberg;

import org.jspecify.annotations.NullMarked;
