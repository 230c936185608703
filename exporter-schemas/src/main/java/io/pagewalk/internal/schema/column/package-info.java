/** Typed columns of an export: how they are pinned, and how payloads become their values. */
@NullMarked
package io.pagewalk.internal.schema.column;

import org.jspecify.annotations.NullMarked;
