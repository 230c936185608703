package io.pagewalk.internal.hadoop;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.hadoop.Publisher.Way;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Finds out whether a place keeps what was published: one name is opened several times before it is published once, and then
 * the other publications must fail. Settings and even the client's own say do not tell: stores ignore conditions that they do
 * not know, and some know them for small files only.
 */
final class ExclusivityProbe {
    /** Of the name, behind the id of its run. */
    static final String SUFFIX = ".probe";

    private ExclusivityProbe() {}

    /**
     * Publishes a file that does not matter, and removes it.
     *
     * @param name a path of this run's own
     * @throws UsageException if one of the later publications does not fail as it should
     */
    static void run(Publisher publisher, Path name) throws IOException {
        try {
            publish(publisher, name);
        } catch (IOException | UsageException e) {
            removeAfter(e, publisher, name);
            throw e;
        }
        publisher.delete(name);
    }

    /** What failed first is what matters. */
    private static void removeAfter(Exception failure, Publisher publisher, Path name) {
        try {
            publisher.delete(name);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void publish(Publisher publisher, Path name) throws IOException {
        try (PendingUpload first = publisher.create(name, Way.USUAL);
                PendingUpload second = publisher.create(name, Way.USUAL);
                PendingUpload third = publisher.create(name, Way.IN_PARTS)) {
            first.stream().write(1);
            second.stream().write(2);
            third.stream().write(3);
            first.publish();
            mustFail(second, "");
            mustFail(third, " in parts, as large files are");
        }
    }

    private static void mustFail(PendingUpload late, String how) throws IOException {
        try {
            late.publish();
        } catch (FileAlreadyExistsException e) {
            return;
        }
        throw new UsageException("cannot publish without risk of overwriting: " + late.place()
                + " could be published twice" + how + "; choose another location, or a store that honours conditions");
    }
}
