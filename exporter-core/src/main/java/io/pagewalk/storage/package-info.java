/** Storages that need nothing but the JDK. */
@NullMarked
package io.pagewalk.storage;

import org.jspecify.annotations.NullMarked;
