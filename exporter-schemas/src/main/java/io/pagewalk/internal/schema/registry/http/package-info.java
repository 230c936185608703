/** Requests to a schema registry: where it is, how it lets in, and how long it is waited for. */
@NullMarked
package io.pagewalk.internal.schema.registry.http;

import org.jspecify.annotations.NullMarked;
