package io.pagewalk.internal.claim;

import io.pagewalk.internal.log.LogName;
import io.pagewalk.model.TopicNames;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Finds whose logs there are, as {@link OutputLayout} lays them out: a folder of an export, of a generation, of a run. */
public final class LogFolders {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String ENTRY = ".json";

    private LogFolders() {}

    /** Whose there are in an output. */
    public static void inOutput(Storage output, Consumer<LogName> logs) throws IOException {
        find(output, OutputLayout.FOLDER, logs);
    }

    /** Likewise, in a location of their own. */
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
                if (NUMBER.matcher(last(generation)).matches() && hasEntry(storage, generation)) {
                    logs.accept(new LogName(last(export), Integer.parseInt(last(generation))));
                }
            }
        }
    }

    /** The last runs are those that have entries. */
    private static boolean hasEntry(Storage storage, String generation) throws IOException {
        List<String> runs = storage.listDirectories(generation).stream()
                .filter(run -> NUMBER.matcher(last(run)).matches())
                .sorted(Comparator.comparingInt((String run) -> Integer.parseInt(last(run)))
                        .reversed())
                .toList();
        for (String run : runs) {
            if (storage.list(run).stream().anyMatch(file -> file.name().endsWith(ENTRY))) {
                return true;
            }
        }
        return false;
    }

    private static String last(String directory) {
        return directory.substring(directory.lastIndexOf('/') + 1);
    }
}
