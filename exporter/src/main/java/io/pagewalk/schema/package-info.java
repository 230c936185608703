/** Schemas that are given, for payloads that no registry knows, and what is done about new ones. */
@NullMarked
package io.pagewalk.schema;

import org.jspecify.annotations.NullMarked;
