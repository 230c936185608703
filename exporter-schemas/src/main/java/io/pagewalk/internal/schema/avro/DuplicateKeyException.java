package io.pagewalk.internal.schema.avro;

/** A map has a key twice: the payload is read again, carefully. */
final class DuplicateKeyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DuplicateKeyException() {
        super("a key comes twice", null, false, false);
    }
}
