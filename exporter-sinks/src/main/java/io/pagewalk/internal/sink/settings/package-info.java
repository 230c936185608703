/** Reading the settings that exports have pinned. */
@NullMarked
package io.pagewalk.internal.sink.settings;

import org.jspecify.annotations.NullMarked;
