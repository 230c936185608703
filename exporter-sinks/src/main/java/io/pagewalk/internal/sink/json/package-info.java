/** Values as JSON text: what lines of JSONL files have, and pages that show typed payloads. */
@NullMarked
package io.pagewalk.internal.sink.json;

import org.jspecify.annotations.NullMarked;
