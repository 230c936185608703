/** Pages of records for those who look at topics: who reads them, and what they may take of the memory. */
@NullMarked
package io.pagewalk.internal.pages;

import org.jspecify.annotations.NullMarked;
