/**
 * What the two class loaders know of each other: types of this package are Spark's loader's in both, and have nothing of either but
 * types of the JDK.
 */
@NullMarked
package io.pagewalk.spark.bridge;

import org.jspecify.annotations.NullMarked;
