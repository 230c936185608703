package io.pagewalk.cli.demo;

import io.pagewalk.cli.demo.Ledger.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files of an output with what was produced. It knows nothing of the export: like any engine, it takes every
 * Parquet file that lies in the directory, and reads it with parquet-java's example reader.
 */
final class ReadBack {
    private final Ledger ledger;
    private final Comparison comparison;
    private final Set<Position> seen = new HashSet<>();
    private final List<String> findings = new ArrayList<>();

    private ReadBack(Ledger ledger, Comparison comparison) {
        this.ledger = ledger;
        this.comparison = comparison;
    }

    /** Whether a row is what was produced under a number. */
    interface Comparison {
        boolean isAsProduced(Group row, int number);
    }

    /**
     * @param findings what is wrong, a line each; empty if every committed record is there exactly once, as it was produced,
     *     and no other
     */
    record Result(int files, int records, List<String> findings) {}

    static Result compare(Path output, Ledger ledger, Comparison comparison) throws IOException {
        return new ReadBack(ledger, comparison).compare(output);
    }

    private Result compare(Path output) throws IOException {
        List<Path> files;
        try (Stream<Path> content = Files.list(output)) {
            files = content.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            read(file);
        }
        for (Position position : ledger.committed().keySet()) {
            if (!seen.contains(position)) {
                findings.add("missing: " + position);
            }
        }
        return new Result(files.size(), seen.size(), List.copyOf(findings));
    }

    private void read(Path file) throws IOException {
        try (ParquetReader<Group> reader = new Groups(new LocalInputFile(file)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                check(row, file.getFileName() + ": ");
            }
        }
    }

    private void check(Group row, String where) {
        Position position = new Position(row.getInteger("partition", 0), row.getLong("offset", 0));
        @Nullable Integer number = ledger.committed().get(position);
        if (!seen.add(position)) {
            findings.add(where + "there twice: " + position);
        } else if (number == null) {
            findings.add(where + (ledger.isAborted(position) ? "aborted: " : "never produced: ") + position);
        } else if (!comparison.isAsProduced(row, number)) {
            findings.add(where + "not what was produced: " + position);
        }
    }

    /** Without Hadoop's file system and configuration, which take a second to start. */
    private static final class Groups extends ParquetReader.Builder<Group> {
        Groups(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
