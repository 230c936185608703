package io.pagewalk.internal.deadletter;

import io.pagewalk.internal.deadletter.ListedLetters.Listed;
import io.pagewalk.internal.run.SampledRecords;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Looks at the first records of some files, spread evenly. */
final class DeadLetterSample {
    private static final int MAX_FILES = 64;
    private static final int RECORDS_A_FILE = 32;

    /** Ends the look at a file early. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private DeadLetterSample() {}

    /** @param also takes each record of the sample, too */
    static SampledRecords of(List<Listed> listed, LetterFiles files, Consumer<RecordView> also) {
        SampledRecords seen = new SampledRecords(also);
        int count = Math.min(MAX_FILES, listed.size());
        for (int i = 0; i < count; i++) {
            look(listed.get((int) ((long) i * listed.size() / count)), files, seen);
        }
        return seen;
    }

    private static void look(Listed file, LetterFiles files, SampledRecords seen) {
        int[] left = {RECORDS_A_FILE};
        try {
            files.read(file, file.slice(), record -> {
                seen.see(record);
                if (--left[0] == 0) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            // All that is wanted was seen.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
