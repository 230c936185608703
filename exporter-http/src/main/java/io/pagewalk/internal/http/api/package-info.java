/** The resources: what each path answers. */
@NullMarked
package io.pagewalk.internal.http.api;

import org.jspecify.annotations.NullMarked;
