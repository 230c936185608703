package io.pagewalk.internal.sink.json;

import java.io.IOException;

/** Where JSON goes. */
@FunctionalInterface
public interface JsonBytes {
    /** Takes bytes, which change after the call. */
    void write(byte[] bytes, int from, int length) throws IOException;
}
