/** What one export as a whole is made of: where it works, how it is found again, and one run of it. */
@NullMarked
package io.pagewalk.internal.export;

import org.jspecify.annotations.NullMarked;
