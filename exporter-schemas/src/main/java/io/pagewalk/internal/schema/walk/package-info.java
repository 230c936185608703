/** What decoders of several kinds of payloads need on their way: places that were found, keys that are there twice, texts that are made. */
@NullMarked
package io.pagewalk.internal.schema.walk;

import org.jspecify.annotations.NullMarked;
