package io.pagewalk.internal.checkpoint;

import io.pagewalk.internal.storage.StorageNames;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logs of an export as folders in a directory of a {@link Storage}, named by their numbers. Closing them leaves the storage open. */
public final class StorageCheckpointStores implements CheckpointStores {
    private static final Pattern RUN = Pattern.compile("[1-9][0-9]{0,8}");

    private static final String EXPIRED = "/expired";
    private static final Pattern EXPIRY = Pattern.compile("([1-9][0-9]{0,8})\\.json");

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
    public int[] expiries() throws IOException {
        List<Integer> found = new ArrayList<>();
        storage.names(directory + EXPIRED, name -> {
            Matcher matcher = EXPIRY.matcher(name);
            if (matcher.matches()) {
                found.add(Integer.parseInt(matcher.group(1)));
            }
        });
        return found.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    @Override
    public void expire(int run, byte[] record) throws IOException {
        try (PendingFile file = storage.create(expiry(run))) {
            file.stream().write(record);
            file.publish();
        } catch (FileAlreadyExistsException e) {
            storage.persist(expiry(run));
            throw e;
        }
    }

    @Override
    public byte[] readExpiry(int run) throws IOException {
        try (SeekableByteChannel channel = storage.open(expiry(run));
                InputStream in = Channels.newInputStream(channel)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void removeExpiry(int run) throws IOException {
        storage.delete(expiry(run));
    }

    private String expiry(int run) {
        return directory + EXPIRED + "/" + run + ".json";
    }

    @Override
    public CheckpointStore of(int run) {
        return new StorageCheckpointStore(storage, directory + "/" + run);
    }

    @Override
    public void close() {}
}
