package io.pagewalk.internal.run;

import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.payload.MetSchema;
import java.util.List;

/** Decides what ids stand for that others have met who work on slices, and cannot put anything on record. Any thread may use it. */
public interface MetElsewhere {
    /** Of exports without typed columns: nothing is met. */
    MetElsewhere NOTHING = new MetElsewhere() {
        @Override
        public List<MetSchema> onRecord() {
            return List.of();
        }

        @Override
        public void met(SliceOutcome.Met outcome) {
            throw new IllegalStateException("an id of " + outcome.column() + " was met, and no column has any");
        }
    };

    /** All that is on record. */
    List<MetSchema> onRecord();

    /**
     * Puts on record what an id stands for, if it is not there by now: several pages may meet an id at the same time.
     *
     * @throws io.pagewalk.error.BadRecordException if nobody knows it, and that is not to be put on record
     * @throws io.pagewalk.error.PagewalkException if it cannot be decided now
     */
    void met(SliceOutcome.Met outcome);
}
