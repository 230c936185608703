/** What is in Pagewalk's own class loader: the command line with executors that do the work, and that work. */
@NullMarked
package io.pagewalk.internal.spark;

import org.jspecify.annotations.NullMarked;
