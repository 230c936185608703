/** Reading the settings that exports have pinned. */
@NullMarked
package io.pagewalk.sink.settings;

import org.jspecify.annotations.NullMarked;
