/** Avro: what its schemas say, and payloads in its binary form, read without any object in between. */
@NullMarked
package io.pagewalk.internal.schema.avro;

import org.jspecify.annotations.NullMarked;
