/** Where files and logs can be: what an output, a place of checkpoints, and a claim name. */
@NullMarked
package io.pagewalk.location;

import org.jspecify.annotations.NullMarked;
