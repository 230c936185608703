/** Protobuf: schemas as text, linked, as types that all kinds of schemas share, and payloads of them. */
@NullMarked
package io.pagewalk.internal.schema.protobuf;

import org.jspecify.annotations.NullMarked;
