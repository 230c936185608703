/** How an export is removed. {@link io.pagewalk.internal.deletion.ExportDeletion} is the entrance. */
@NullMarked
package io.pagewalk.internal.deletion;

import org.jspecify.annotations.NullMarked;
