/** Requests and responses, and the one place that knows whose server they go through. */
@NullMarked
package io.pagewalk.internal.http.server;

import org.jspecify.annotations.NullMarked;
