package io.pagewalk.it.reader;

import io.pagewalk.internal.sink.reader.Condition;
import io.pagewalk.internal.sink.reader.CorpusFile;
import io.pagewalk.internal.sink.reader.ReaderContractTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Arrow C++, which pandas and many others read with, by way of Arrow's datasets for Java. */
@EnabledIfSystemProperty(named = ReaderProcess.PROPERTY, matches = ".+")
class ArrowReaderIT extends ReaderContractTest {
    private static ReaderProcess arrow;

    @BeforeAll
    static void start(@TempDir Path scratch) throws IOException {
        arrow = new ReaderProcess(
                "arrow", "ArrowReader.java", scratch, List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"));
    }

    @AfterAll
    static void end() {
        arrow.close();
    }

    /** The rest needs functions that have no statistics to skip by. */
    @Override
    protected boolean takes(Condition condition) {
        return condition.kind() == Condition.Kind.BETWEEN;
    }

    @Override
    protected List<String> read(CorpusFile file, Path path, Condition condition) throws IOException {
        return condition == null
                ? arrow.ask(path.toString())
                : arrow.ask(
                        path.toString(),
                        condition.column().toString(),
                        condition.low().toString(),
                        condition.high().toString());
    }
}
