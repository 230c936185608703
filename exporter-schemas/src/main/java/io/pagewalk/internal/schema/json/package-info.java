/** JSON Schema: schemas as types that all kinds of schemas share, and payloads of them. Payloads are not validated. */
@NullMarked
package io.pagewalk.internal.schema.json;

import org.jspecify.annotations.NullMarked;
