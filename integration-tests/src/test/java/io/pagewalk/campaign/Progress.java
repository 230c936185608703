package io.pagewalk.campaign;

import java.nio.file.Path;

/** How far an attempt has come since it began. */
final class Progress {
    private final Path files;
    private final Path entries;
    private final long began = System.nanoTime();
    private final int filesBefore;
    private final int entriesBefore;

    Progress(Path output, String exportId) {
        this.files = output;
        this.entries =
                output.resolve("_pagewalk").resolve(exportId).resolve("1").resolve("1");
        this.filesBefore = count(files);
        this.entriesBefore = count(entries);
    }

    boolean hasReached(Plan.Trigger trigger) {
        return switch (trigger.of()) {
            case MILLIS -> System.nanoTime() - began >= trigger.count() * 1_000_000L;
            case ENTRIES -> count(entries) - entriesBefore >= trigger.count();
            case FILES -> count(files) - filesBefore >= trigger.count();
        };
    }

    private static int count(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? 0 : names.length;
    }
}
