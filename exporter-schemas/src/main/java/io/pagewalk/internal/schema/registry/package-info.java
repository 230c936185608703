/** What frames' keys mean: schemas with all that they refer to, as a registry has them, and as files keep them. */
@NullMarked
package io.pagewalk.internal.schema.registry;

import org.jspecify.annotations.NullMarked;
