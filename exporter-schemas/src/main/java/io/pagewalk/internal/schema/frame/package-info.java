/** What stands before a payload, or beside it in headers, and says which schema it is of. */
@NullMarked
package io.pagewalk.internal.schema.frame;

import org.jspecify.annotations.NullMarked;
