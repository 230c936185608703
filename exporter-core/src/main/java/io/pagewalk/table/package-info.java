/**
 * Tables that follow a log: what an export tells of its files to a table format, and what is asked of tables. The log stays the
 * truth; a table is brought level with it, and can be filled from it again.
 */
@NullMarked
package io.pagewalk.table;

import org.jspecify.annotations.NullMarked;
