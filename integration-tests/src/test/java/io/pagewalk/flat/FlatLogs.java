package io.pagewalk.flat;

import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage.PendingFile;
import io.pagewalk.spi.Storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.stream.Stream;

/** The logs of an export. */
final class FlatLogs implements CheckpointStores {
    private static final String EXPIRED = "/expired";

    private final String location;
    private final FlatStorage files;
    private final String export;

    FlatLogs(String location, FlatStorage files, String export) {
        this.location = location;
        this.files = files;
        this.export = export;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public int[] runs() throws IOException {
        return numbers(files.listDirectories(export).stream().filter(name -> !name.endsWith(EXPIRED)));
    }

    private static int[] numbers(Stream<String> names) {
        return names.mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('/') + 1)))
                .sorted()
                .toArray();
    }

    @Override
    public int[] expiries() throws IOException {
        return numbers(files.list(export + EXPIRED).stream().map(StoredFile::name));
    }

    @Override
    public void expire(int run, byte[] record) throws IOException {
        try (PendingFile file = files.create(expiry(run))) {
            file.stream().write(record);
            file.publish();
        }
    }

    @Override
    public byte[] readExpiry(int run) throws IOException {
        try (InputStream in = Channels.newInputStream(files.open(expiry(run)))) {
            return in.readAllBytes();
        }
    }

    @Override
    public void removeExpiry(int run) throws IOException {
        files.delete(expiry(run));
    }

    private String expiry(int run) {
        return export + EXPIRED + "/" + run;
    }

    @Override
    public CheckpointStore of(int run) {
        return new FlatLog(location, files, export + "/" + run);
    }

    @Override
    public void close() {
        files.close();
    }
}
