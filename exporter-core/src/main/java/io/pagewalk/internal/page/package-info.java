/** Single pages of records, read into memory for those who look at a topic. */
@NullMarked
package io.pagewalk.internal.page;

import org.jspecify.annotations.NullMarked;
