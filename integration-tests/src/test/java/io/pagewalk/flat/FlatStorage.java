package io.pagewalk.flat;

import io.pagewalk.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All files in one directory, {@code +} for the {@code /} in their names, as a store has them that knows keys alone. A file is
 * kept in memory until it is published, so there is nothing temporary. Survives no loss of power.
 */
final class FlatStorage implements Storage {
    private static final String SEPARATOR = "+";

    private final Path directory;
    private final String prefix;
    private volatile boolean closed;

    FlatStorage(Path root) {
        this.directory = Objects.requireNonNull(root.getParent());
        this.prefix = root.getFileName() + SEPARATOR;
    }

    private Path file(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.matches("(?s).*[\\\\\\p{Cntrl}+].*")) {
                throw new IllegalArgumentException("not a name: " + name);
            }
        }
        return directory.resolve(prefix + name.replace("/", SEPARATOR));
    }

    /** The names of all files of a directory, and of those in it. */
    private List<String> below(String parent) throws IOException {
        String start = parent.isEmpty() ? prefix : file(parent).getFileName() + SEPARATOR;
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start))
                    .map(name -> name.substring(prefix.length()).replace(SEPARATOR, "/"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public String location() {
        String root = directory.resolve(prefix).toString();
        return FlatProvider.SCHEME + ":" + root.substring(0, root.length() - SEPARATOR.length());
    }

    @Override
    public PendingFile create(String name) throws IOException {
        Path target = file(name);
        if (closed) {
            throw new IOException("cannot write " + target + ": the storage is closed");
        }
        return new Pending(target);
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return Files.newByteChannel(file(name));
    }

    @Override
    public void persist(String name) throws IOException {
        if (!exists(name)) {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(file(name));
    }

    @Override
    public void names(String parent, Consumer<String> names) throws IOException {
        int start = parent.isEmpty() ? 0 : parent.length() + 1;
        new TreeSet<>(below(parent).stream()
                        .map(name -> name.substring(start).split("/", 2)[0])
                        .toList())
                .forEach(names);
    }

    @Override
    public List<StoredFile> list(String parent) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        for (String name : below(parent)) {
            if (parentOf(name).equals(parent)) {
                files.add(new StoredFile(name, Files.size(file(name))));
            }
        }
        return files;
    }

    private static String parentOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    @Override
    public List<String> listDirectories(String parent) throws IOException {
        int start = parent.isEmpty() ? 0 : parent.length() + 1;
        return below(parent).stream()
                .filter(name -> name.indexOf('/', start) > 0)
                .map(name -> name.substring(0, name.indexOf('/', start)))
                .distinct()
                .toList();
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    @Override
    public int removeDeadTemporaries() {
        return 0;
    }

    @Override
    public List<String> liveRuns() {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Pending implements PendingFile {
        private final Path target;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        Pending(Path target) {
            this.target = target;
        }

        private void requireOpen() throws IOException {
            if (ended || closed) {
                throw new IOException("cannot write " + target + ": it has ended");
            }
        }

        @Override
        public OutputStream stream() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    requireOpen();
                    bytes.write(b);
                }

                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    requireOpen();
                    bytes.write(source, offset, length);
                }
            };
        }

        /** A link takes a name that is free, and no other. */
        @Override
        public void publish() throws IOException {
            requireOpen();
            ended = true;
            Files.createDirectories(directory);
            Path temporary = Files.createTempFile(directory.getParent(), "flat", ".tmp");
            try {
                Files.write(temporary, bytes.toByteArray());
                Files.createLink(target, temporary);
            } catch (FileAlreadyExistsException e) {
                throw new FileAlreadyExistsException(target.toString());
            } finally {
                Files.delete(temporary);
            }
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
