package io.pagewalk.internal.sink.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pagewalk.record.RecordView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every reader of Parquet files must make of the {@link Corpus}: all rows, and those that meet a condition. */
public abstract class ReaderContractTest {
    /** Fewer records have too few pages. */
    private static final int ENOUGH_TO_SKIP = 400;

    private static final int MOST_SHOWN = 300;

    @TempDir
    Path directory;

    /**
     * Reads a file.
     *
     * @param condition what the rows must meet, or null for all rows; the reader should skip what it can by it
     * @return the rows as {@link RecordLine}s, in their order
     */
    protected abstract List<String> read(CorpusFile file, Path path, Condition condition) throws Exception;

    /** Whether the reader has a way to ask for this. */
    protected boolean takes(Condition condition) {
        return true;
    }

    public static List<CorpusFile> files() {
        return Corpus.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void findsEveryRowAndThoseThatMeetACondition(CorpusFile file) throws Exception {
        List<RecordView> records = file.records();
        Path path = file.write(directory, records);

        expect("all", records, rows(file, path, null));
        if (records.size() >= ENOUGH_TO_SKIP) {
            for (Condition condition : Condition.some(records, file.seed())) {
                if (!takes(condition)) {
                    continue;
                }
                expect(
                        condition.toString(),
                        records.stream().filter(condition::matches).toList(),
                        rows(file, path, condition));
            }
        }
        Files.delete(path);
    }

    /** A damaged page can look like one whose values are larger than memory, and that would end the run without a word of the file. */
    private List<String> rows(CorpusFile file, Path path, Condition condition) throws Exception {
        try {
            return read(file, path, condition);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("no memory left for " + file, e);
        }
    }

    /** Shows the first difference: a list of all rows would be unreadable. */
    private static void expect(String what, List<RecordView> records, List<String> lines) {
        List<String> expected = RecordLine.of(records);
        for (int i = 0; i < Math.min(expected.size(), lines.size()); i++) {
            if (!expected.get(i).equals(lines.get(i))) {
                fail(what + ": row " + i + " is\n" + shown(lines.get(i)) + "\nand not\n" + shown(expected.get(i)));
            }
        }
        assertThat(lines.size()).as("rows of %s", what).isEqualTo(expected.size());
    }

    private static String shown(String line) {
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "... (" + line.length() + ")";
    }
}
