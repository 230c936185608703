package io.pagewalk.internal.claim;

import io.pagewalk.model.DataFileName;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What the deletion records of a topic tell of its files. */
public final class DeletedGenerations {
    private final Map<Integer, DeletionRecord> records = new HashMap<>();

    private DeletedGenerations() {}

    /**
     * Reads all records of a topic.
     *
     * @throws io.pagewalk.error.UsageException if one is damaged
     */
    public static DeletedGenerations of(Storage output, String topic) throws IOException {
        DeletedGenerations deleted = new DeletedGenerations();
        for (int generation : Claims.of(output, topic).deleted()) {
            deleted.records.put(generation, DeletionRecord.read(output, topic, generation));
        }
        return deleted;
    }

    /**
     * Likewise, those before a generation; where there is none, nothing is asked.
     *
     * @throws io.pagewalk.error.UsageException if one is damaged
     */
    public static DeletedGenerations before(int generation, Storage output, String topic) throws IOException {
        return generation == 1 ? new DeletedGenerations() : of(output, topic);
    }

    /** Whether a record shows that a file was never committed, so that its export lost nothing with it. */
    public boolean showUncommitted(DataFileName file) {
        DeletionRecord record = records.get(file.generation());
        return record != null && record.showsUncommitted(file);
    }
}
