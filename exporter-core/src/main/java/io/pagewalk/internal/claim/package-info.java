/**
 * Which export a topic's data files in an output belong to, and which exports there were deleted: small files, the names of
 * all that is not a data file. {@link io.pagewalk.internal.claim.Claims} is the entrance.
 */
@NullMarked
package io.pagewalk.internal.claim;

import org.jspecify.annotations.NullMarked;
