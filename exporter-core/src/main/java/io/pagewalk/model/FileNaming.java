package io.pagewalk.model;

import java.util.SortedMap;

/**
 * How one run of an export calls its data files. It pins this when it begins, so that a later build names its files alike.
 *
 * @param generation which of the topic's exports into this output it is, from 1
 * @param digest over what else shapes the files, see {@link #digestOf}
 * @param extension how the format's names end, with the dot
 * @param directory the directory of the run's window, or the empty string where files are in the output itself
 */
public record FileNaming(int generation, String digest, String extension, String directory) {
    private static final int DIGEST_DIGITS = 12;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part cannot stand in a name
     */
    public FileNaming {
        if (generation < 1) {
            throw new IllegalArgumentException("not a generation: " + generation);
        }
        if (!DataFileName.DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("not a digest of 12 hexadecimal digits");
        }
        if (!DataFileName.EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException("not an extension of a data file");
        }
        if (!directory.isEmpty() && !WindowDirectories.isOne(directory)) {
            throw new IllegalArgumentException("not a directory of data files");
        }
    }

    /** Of files that are in the output itself. */
    public FileNaming(int generation, String digest, String extension) {
        this(generation, digest, extension, "");
    }

    /** The same names in another directory. */
    public FileNaming in(String other) {
        return new FileNaming(generation, digest, extension, other);
    }

    /**
     * The digest of everything that shapes a file's bytes besides the topic's records and the export's log.
     *
     * @param shape each of it by name, as the export's first entry records it
     */
    public static String digestOf(SortedMap<String, String> shape) {
        StringBuilder text = new StringBuilder();
        shape.forEach((name, value) -> text.append(name)
                .append(' ')
                .append(value.length())
                .append(' ')
                .append(value)
                .append('\n'));
        return DataFileName.sha256(text.toString()).substring(0, DIGEST_DIGITS);
    }

    /** The path of a slice's file within the output. */
    public String nameOf(Slice slice) {
        return directory.isEmpty() ? fileOf(slice) : directory + "/" + fileOf(slice);
    }

    /** The last part of it. */
    public String fileOf(Slice slice) {
        return new DataFileName(
                        DataFileName.partOf(slice.topicPartition().topic()),
                        slice.partition(),
                        slice.range(),
                        generation,
                        digest,
                        extension)
                .toString();
    }

    /** Whether a path is of this run: of its directory, its topic, its generation, and its shape. */
    public boolean covers(String path, DataFileName name, String topic) {
        return WindowDirectories.of(path).equals(directory)
                && name.isOfTopic(topic)
                && name.generation() == generation
                && name.digest().equals(digest)
                && name.extension().equals(extension);
    }
}
