package io.pagewalk.internal.claim;

import io.pagewalk.internal.log.LogName;
import io.pagewalk.model.TopicNames;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Finds the logs that there are, as {@link OutputLayout} lays them out: a folder of an export, of a generation, of a run. */
public final class LogFolders {
    private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String ENTRY = ".json";

    private LogFolders() {}

    /** The logs in an output. */
    public static void inOutput(Storage output, Consumer<LogName> logs) throws IOException {
        find(output, OutputLayout.FOLDER, logs);
    }

    /** The logs in a location of their own. */
    public static void elsewhere(Storage location, Consumer<LogName> logs) throws IOException {
        find(location, "", logs);
    }

    private static void find(Storage storage, String folder, Consumer<LogName> logs) throws IOException {
        for (String export : storage.listDirectories(folder)) {
            // The other folders of an output are not called like an export.
            if (!TopicNames.isValid(last(export))) {
                continue;
            }
            for (String generation : storage.listDirectories(export)) {
                if (GENERATION.matcher(last(generation)).matches()) {
                    LogName log = LogName.of(last(export), Integer.parseInt(last(generation)));
                    if (storage.list(OutputLayout.log(folder, log)).stream()
                            .anyMatch(file -> file.name().endsWith(ENTRY))) {
                        logs.accept(log);
                    }
                }
            }
        }
    }

    private static String last(String directory) {
        return directory.substring(directory.lastIndexOf('/') + 1);
    }
}
