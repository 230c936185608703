package io.pagewalk.schema;

import io.pagewalk.record.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and values by their schemas, each by its own, for those who look at single records. What it reads is valid as long as anybody
 * keeps it. Confined to one thread; what is known of schemas is shared by all of a connection.
 *
 * <p>Its methods throw {@link io.pagewalk.error.RegistryRefusedException} if the registry does not let in or is none, {@link
 * io.pagewalk.error.ExportFailedException} if it does not answer, and {@link io.pagewalk.error.PageDeadlineException} if it has not in time.
 */
public interface PayloadDecoder {
    /** Reads nothing. */
    PayloadDecoder NONE = new PayloadDecoder() {
        @Override
        public @Nullable DecodedPayload key(RecordView record) {
            return null;
        }

        @Override
        public @Nullable DecodedPayload value(RecordView record) {
            return null;
        }

        @Override
        public boolean mayChange() {
            return false;
        }
    };

    /** The key of a record; null if it is null, or not whole, or taken for one without a schema. */
    @Nullable
    DecodedPayload key(RecordView record);

    /** The value of a record; likewise. */
    @Nullable
    DecodedPayload value(RecordView record);

    /** Whether a schema was unknown that somebody may know later. */
    boolean mayChange();
}
