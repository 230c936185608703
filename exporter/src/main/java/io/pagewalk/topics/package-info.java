/** Many topics in one go: which of a cluster's topics are meant, and their exports, side by side. Built on {@link io.pagewalk.Pagewalk} alone. */
@NullMarked
package io.pagewalk.topics;

import org.jspecify.annotations.NullMarked;
