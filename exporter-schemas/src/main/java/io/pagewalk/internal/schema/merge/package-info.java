/** All versions of a topic's schemas, merged into the one schema of a table. */
@NullMarked
package io.pagewalk.internal.schema.merge;

import org.jspecify.annotations.NullMarked;
