/** JSONL files: one JSON object a line, one line a record. */
@NullMarked
package io.pagewalk.internal.sink.jsonl;

import org.jspecify.annotations.NullMarked;
