package io.pagewalk.flat;

import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;

/** The logs of an export. */
final class FlatLogs implements CheckpointStores {
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
        return files.listDirectories(export).stream()
                .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('/') + 1)))
                .sorted()
                .toArray();
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
