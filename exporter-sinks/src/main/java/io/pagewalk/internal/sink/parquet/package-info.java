/**
 * Parquet data files. {@link io.pagewalk.internal.sink.parquet.ParquetFormat} is the entrance; {@code ParquetEncoder} drives
 * parquet-java's column writers directly, without a record object, a Hadoop file system or a Hadoop configuration in
 * between.
 */
@NullMarked
package io.pagewalk.internal.sink.parquet;

import org.jspecify.annotations.NullMarked;
