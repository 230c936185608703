package io.pagewalk.internal.file;

import io.pagewalk.model.DataFileName;
import io.pagewalk.model.WindowDirectories;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists what an output holds under names of data files: in itself, and in the directories of windows. */
public final class DataFiles {
    private DataFiles() {}

    /** Takes what a listing finds, as the listing goes on. */
    @FunctionalInterface
    public interface Found {
        /**
         * Takes a file.
         *
         * @param path relative to the output
         * @param name the last part of it
         */
        void file(String path, DataFileName name);
    }

    /** All of them, in no order. */
    public static void all(Storage output, Found found) throws IOException {
        for (String inner : directly(output, "", found)) {
            for (String innermost : directly(output, inner, found)) {
                directly(output, innermost, found);
            }
        }
    }

    /** Those of a directory, and of the directories that it is in, up to the output itself. */
    public static void around(Storage output, String directory, Found found) throws IOException {
        String place = directory;
        while (!place.isEmpty()) {
            directly(output, place, found);
            place = WindowDirectories.of(place);
        }
        directly(output, "", found);
    }

    /** Those of a directory itself; returns the directories of windows in it. */
    private static List<String> directly(Storage output, String directory, Found found) throws IOException {
        List<String> inner = new ArrayList<>();
        output.names(directory, name -> {
            String path = directory.isEmpty() ? name : directory + "/" + name;
            if (WindowDirectories.isOne(path)) {
                inner.add(path);
            } else {
                DataFileName.ofPath(path).ifPresent(file -> found.file(path, file));
            }
        });
        return inner;
    }

    /** All of them, with their sizes. */
    public static List<Storage.StoredFile> sizes(Storage output) throws IOException {
        List<String> directories = new ArrayList<>(List.of(""));
        List<Storage.StoredFile> files = new ArrayList<>();
        for (int i = 0; i < directories.size(); i++) {
            String directory = directories.get(i);
            for (Storage.StoredFile file : output.list(directory)) {
                if (DataFileName.ofPath(file.name()).isPresent()) {
                    files.add(file);
                }
            }
            output.listDirectories(directory).stream()
                    .filter(WindowDirectories::isOne)
                    .forEach(directories::add);
        }
        return files;
    }
}
