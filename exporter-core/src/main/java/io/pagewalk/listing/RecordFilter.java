package io.pagewalk.listing;

import io.pagewalk.record.RecordView;

/** Which records are listed. Safe for use by any number of threads. */
public interface RecordFilter {
    /** All of them. */
    RecordFilter ALL = new RecordFilter() {
        @Override
        public boolean matches(RecordView record) {
            return true;
        }

        @Override
        public long digest() {
            return 0;
        }
    };

    /** Whether a record is listed; it is valid during the call. */
    boolean matches(RecordView record);

    /** The same for filters that list the same records for the same reasons, and as good as surely another one for others; 0 for {@link #ALL} alone. */
    long digest();
}
