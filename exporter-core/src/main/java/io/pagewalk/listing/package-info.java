/** What is asked of topics, and told of them, by those who look at them page by page. */
@NullMarked
package io.pagewalk.listing;

import org.jspecify.annotations.NullMarked;
