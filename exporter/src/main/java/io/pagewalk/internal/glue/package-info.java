/** AWS Glue's schema registry: how it is asked. Loaded only where it is named. */
@NullMarked
package io.pagewalk.internal.glue;

import org.jspecify.annotations.NullMarked;
