/** What others implement: sinks, storages, checkpoint stores, page executors. */
@NullMarked
package io.pagewalk.spi;

import org.jspecify.annotations.NullMarked;
