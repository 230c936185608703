/** What requests ask for, as values. */
@NullMarked
package io.pagewalk.internal.http.query;

import org.jspecify.annotations.NullMarked;
