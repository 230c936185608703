/** What is in Spark's class loader: as little as possible, and nothing but Spark's API for Java. */
@NullMarked
package io.pagewalk.spark;

import org.jspecify.annotations.NullMarked;
