/** Payloads by the schemas that they are of, each by its own, for those who look at records: there is no table, and nothing is pinned. */
@NullMarked
package io.pagewalk.internal.schema.own;

import org.jspecify.annotations.NullMarked;
