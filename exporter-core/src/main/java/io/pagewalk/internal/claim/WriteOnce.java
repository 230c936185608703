package io.pagewalk.internal.claim;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;

/** Files whose names say what is in them, so that it does not matter who has written one. */
public final class WriteOnce {
    private WriteOnce() {}

    /** Makes sure that files of a folder, by their names, are there, and durable. */
    public static void publishAll(Storage output, String folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            publish(output, folder + "/" + file.getKey(), file.getValue());
        }
    }

    /** Makes sure that a file is there, and durable. */
    public static void publish(Storage output, String name, byte[] content) throws IOException {
        try (Storage.PendingFile file = output.create(name)) {
            file.stream().write(content);
            file.publish();
        } catch (FileAlreadyExistsException e) {
            output.persist(name);
        }
    }
}
