/** How a table is brought level with a log: what is behind its position, in transactions, by a thread beside a run or without one. */
@NullMarked
package io.pagewalk.internal.follow;

import org.jspecify.annotations.NullMarked;
