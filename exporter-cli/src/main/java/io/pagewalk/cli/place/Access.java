package io.pagewalk.cli.place;

import io.pagewalk.error.UsageException;
import io.pagewalk.hadoop.HadoopSettings;
import io.pagewalk.hadoop.HadoopStorage;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import io.pagewalk.storage.LocalStorage;

/** Opens locations, with what one command was told about how to reach them. Opening touches nothing yet. */
public final class Access {
    /**
     * The folder for temporary files, below the one that is Pagewalk's own. Export ids have no "=": what has one in its name is
     * no export's log.
     */
    private static final String TEMPORARY_FOLDER = "_pagewalk/tmp=";

    private final HadoopSettings hadoop;

    public Access(HadoopSettings hadoop) {
        this.hadoop = hadoop;
    }

    /** The storage at a location, for one run. */
    public Storage storage(DirectoryLocation location, String runId) {
        if (location instanceof LocalDirectory local) {
            return LocalStorage.open(local.path(), TEMPORARY_FOLDER, runId);
        }
        return HadoopStorage.open(location.toString(), TEMPORARY_FOLDER, runId, hadoop);
    }

    /** The log of an export in a topic, for one run. */
    @SuppressWarnings("DoNotCallSuggester")
    public CheckpointStore store(KafkaTopic topic, String exportId) {
        throw new UsageException(topic + ": the log of " + exportId + " cannot be kept in a topic; give a directory");
    }
}
