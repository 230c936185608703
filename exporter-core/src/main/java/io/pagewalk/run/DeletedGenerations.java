package io.pagewalk.run;

import io.pagewalk.file.DataFileName;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;

/** What the deletion records of a topic tell of its files. */
final class DeletedGenerations {
    private final Map<Integer, DeletionRecord> records = new HashMap<>();

    private DeletedGenerations() {}

    /** @throws io.pagewalk.error.UsageException if a record is damaged */
    static DeletedGenerations of(Storage output, String topic) throws IOException {
        DeletedGenerations deleted = new DeletedGenerations();
        for (int generation : Claims.of(output, topic).deleted()) {
            try {
                deleted.records.put(generation, DeletionRecord.read(output, topic, generation));
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return deleted;
    }

    /** Whether a record shows that a file was never committed, so that its export lost nothing with it. */
    boolean showUncommitted(DataFileName file) {
        DeletionRecord record = records.get(file.generation());
        return record != null && record.showsUncommitted(file);
    }
}
