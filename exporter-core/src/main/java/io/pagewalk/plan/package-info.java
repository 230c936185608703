/** What an export was asked to do, and what that comes to on the topic as it is: bounds, sizes and formats resolved, once, at the freeze. */
@NullMarked
package io.pagewalk.plan;

import org.jspecify.annotations.NullMarked;
