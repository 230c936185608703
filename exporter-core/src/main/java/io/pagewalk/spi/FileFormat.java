package io.pagewalk.spi;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the records of a slice into the bytes of one file. The bytes depend on the records and the format's settings
 * alone: no clock, host, thread or random value gets in.
 *
 * <p>Immutable and safe for use by any number of threads; an {@link Encoder} is confined to one.
 */
public interface FileFormat {
    /** How file names end, with the dot: {@code .parquet}, {@code .jsonl.zst}. */
    String extension();

    /**
     * Begins a file. The encoder writes to {@code out} as it goes, in large pieces, and holds a bounded amount in memory.
     * It does not close {@code out}.
     */
    Encoder encoder(OutputStream out) throws IOException;

    /**
     * Reads back what a complete file of this format and these settings holds.
     *
     * @param file positioned anywhere; not closed
     * @throws IOException also if the content is not a complete file of this format; the message says what is wrong
     */
    FileContent inspect(SeekableByteChannel file) throws IOException;

    /**
     * Reads back the records of a complete file of this format and these settings, in their order, and holds a bounded
     * amount in memory. A record is as it was when it was written, but for its payloads, which are {@link #canonical}, and typed
     * ones, which are left out. The handler's record is valid during the call only.
     *
     * @param file positioned anywhere; not closed
     * @param handler what it throws is passed on
     * @throws IOException also if the content is not a complete file of this format; the message says what is wrong. What
     *     was handed over by then may be part of a damaged file.
     */
    void decode(SeekableByteChannel file, SliceReader.RecordHandler handler) throws IOException;

    /**
     * Likewise, with the typed payloads, which {@link #decode} leaves out. Formats that take typed payloads override this.
     *
     * @param file positioned anywhere; not closed
     * @param handler what it throws is passed on
     * @throws IOException also if the content is not a complete file of this format; the message says what is wrong
     */
    default void decodeRows(SeekableByteChannel file, RowHandler handler) throws IOException {
        decode(file, record -> handler.handle(record, null, null));
    }

    /** Takes the records of a file. */
    @FunctionalInterface
    interface RowHandler {
        /**
         * Takes the next record. All of it is valid during the call only.
         *
         * @param record without its typed payloads: where a row is given, its key or value is null and says nothing
         * @param key the key where keys are typed, else null
         * @param value the value where values are typed, else null
         */
        void handle(RecordView record, @Nullable TypedRow key, @Nullable TypedRow value) throws IOException;
    }

    /**
     * A payload as a file gives it back: itself, or what the format keeps of it where that is the same by the payload's
     * format. Of typed payloads only the JSON texts within are asked for, as payloads of {@link PayloadFormat#JSON}. The result is valid as long as {@code payload} is.
     */
    ByteView canonical(ByteView payload, PayloadFormat format);

    /** Encodes one file. */
    interface Encoder extends Closeable {
        /**
         * Adds a record; called in ascending order of offsets. The record is valid only during the call; whoever
         * calls may use its arrays for the next one. It may be part of a larger array, and is not changed. Formats that take typed
         * payloads read these of the record itself, and write headers as {@link io.pagewalk.payload.KeptHeaders} shows them.
         *
         * @throws io.pagewalk.error.BadRecordException if the record does not fit; the file has nothing of it, and goes on
         */
        void write(RecordView record) throws IOException;

        /** Completes the file; called once, after the last record. */
        void finish() throws IOException;

        /** Frees what the encoder holds; without {@link #finish()} before, what was written is no file. */
        @Override
        void close() throws IOException;
    }
}
