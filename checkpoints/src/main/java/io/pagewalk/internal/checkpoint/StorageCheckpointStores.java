package io.pagewalk.internal.checkpoint;

import io.pagewalk.internal.storage.StorageNames;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.regex.Pattern;

/** The logs of an export as folders in a directory of a {@link Storage}, named by their numbers. Closing them leaves the storage open. */
public final class StorageCheckpointStores implements CheckpointStores {
    private static final Pattern RUN = Pattern.compile("[1-9][0-9]{0,8}");

    private final Storage storage;
    private final String directory;

    /** @param directory what the folders are in; created with the first entry */
    public StorageCheckpointStores(Storage storage, String directory) {
        this.storage = storage;
        this.directory = StorageNames.check(directory);
    }

    @Override
    public String location() {
        return storage.location() + "/" + directory;
    }

    @Override
    public int[] runs() throws IOException {
        return storage.listDirectories(directory).stream()
                .map(folder -> folder.substring(folder.lastIndexOf('/') + 1))
                .filter(name -> RUN.matcher(name).matches())
                .mapToInt(Integer::parseInt)
                .sorted()
                .toArray();
    }

    @Override
    public CheckpointStore of(int run) {
        return new StorageCheckpointStore(storage, directory + "/" + run);
    }

    @Override
    public void close() {}
}
