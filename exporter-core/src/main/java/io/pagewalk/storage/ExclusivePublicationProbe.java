package io.pagewalk.storage;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;

/** Finds out whether a storage keeps its promise never to overwrite, which everything that is exact here rests on. */
public final class ExclusivePublicationProbe {
    private ExclusivePublicationProbe() {}

    /**
     * Publishes two files under one name, and deletes it again.
     *
     * @param name a name that is free and that no other run uses
     * @throws UsageException if the second publication did not fail, or changed what the first had published
     */
    public static void check(Storage storage, String name) throws IOException {
        publish(storage, name, 1);
        try {
            publish(storage, name, 2);
        } catch (FileAlreadyExistsException e) {
            if (firstByte(storage, name) == 1) {
                return;
            }
        } finally {
            storage.delete(name);
        }
        throw new UsageException("two files could be published under one name in " + storage.location()
                + ": it cannot hold an export, choose another location");
    }

    private static void publish(Storage storage, String name, int content) throws IOException {
        try (PendingFile file = storage.create(name)) {
            file.stream().write(content);
            file.publish();
        }
    }

    private static int firstByte(Storage storage, String name) throws IOException {
        try (SeekableByteChannel channel = storage.open(name)) {
            return Channels.newInputStream(channel).read();
        }
    }
}
