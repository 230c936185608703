/** Records as JSON and CSV, for people and scripts. */
@NullMarked
package io.pagewalk.http.record;

import org.jspecify.annotations.NullMarked;
