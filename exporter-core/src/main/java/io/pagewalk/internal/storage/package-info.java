/**
 * Storage on the local disk.
 *
 * <p>{@link io.pagewalk.internal.storage.LocalStorage} is the protocol, made of the steps that {@link io.pagewalk.internal.storage.Disk}
 * names; the tests run the same protocol on a simulated disk and stop it at each of these steps.
 */
@NullMarked
package io.pagewalk.internal.storage;

import org.jspecify.annotations.NullMarked;
