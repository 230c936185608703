/** Who may ask: hosts, the secret, and tickets. */
@NullMarked
package io.pagewalk.internal.http.guard;

import org.jspecify.annotations.NullMarked;
