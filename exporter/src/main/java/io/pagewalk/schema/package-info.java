/** Schemas that are given, for payloads that no registry knows. */
@NullMarked
package io.pagewalk.schema;

import org.jspecify.annotations.NullMarked;
