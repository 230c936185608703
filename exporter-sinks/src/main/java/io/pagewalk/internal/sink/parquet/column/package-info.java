/**
 * The columns of a row group, and the pages that they fill: what parquet-java's own column writers do value by value is done here
 * page by page.
 */
@NullMarked
package io.pagewalk.internal.sink.parquet.column;

import org.jspecify.annotations.NullMarked;
