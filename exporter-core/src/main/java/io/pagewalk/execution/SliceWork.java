package io.pagewalk.execution;

import io.pagewalk.log.LostRange;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.MetSchema;
import java.util.List;

/**
 * The work on one slice. It may be done more than once, also at the same time: all that is published is the same, but where records
 * are gone meanwhile.
 *
 * @param slice what is to be exported
 * @param losses what of it is on record as lost, so that its file may omit it
 * @param met what is on record of ids that were met in payloads since the export began
 */
public record SliceWork(Slice slice, List<LostRange> losses, List<MetSchema> met) {
    public SliceWork {
        losses = List.copyOf(losses);
        met = List.copyOf(met);
    }

    /** The same as one line of text, to be sent to a process that runs this version of Pagewalk. */
    public String encode() {
        return WorkText.of(this);
    }

    /**
     * What was encoded.
     *
     * @throws IllegalArgumentException if this version of Pagewalk has not written it
     */
    public static SliceWork decode(String text) {
        return WorkText.sliceWork(text);
    }
}
