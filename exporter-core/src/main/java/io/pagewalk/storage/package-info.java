/** Storage on the local disk. */
@NullMarked
package io.pagewalk.storage;

import org.jspecify.annotations.NullMarked;
