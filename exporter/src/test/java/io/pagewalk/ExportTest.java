package io.pagewalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    @TempDir
    private Path directory;

    private final ExportSpec spec =
            ExportSpec.builder("orders", FileSettings.jsonl().pin()).build();

    @Test
    void needsAClusterForATopic() {
        assertThatThrownBy(() -> Pagewalk.withoutCluster().open().export(spec, place()))
                .isInstanceOf(UsageException.class)
                .hasMessage("an export of topic orders needs a cluster, and none was named; name one where you connect")
                .extracting(failure -> ((PagewalkException) failure).advice())
                .isEqualTo(Advice.NAME_A_CLUSTER);
    }

    @Test
    void runsOnce() {
        Export export = Pagewalk.connect("localhost:1").open().export(spec, place());
        export.stop();

        assertThatThrownBy(() -> export.run(RunOptions.defaults())).isInstanceOf(StoppedException.class);

        assertThatThrownBy(() -> export.run(RunOptions.defaults())).isInstanceOf(IllegalStateException.class);
        assertThat(export.figures().begun()).isNull();
    }

    @Test
    void refusesALogInTheExportedTopic() {
        ExportPlace place = place().withLog(Locations.parse("kafka:orders"));

        assertThatThrownBy(() -> Pagewalk.connect("localhost:1").open().export(spec, place))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("kafka:orders");
    }

    @Test
    void listsNothingWhereNothingIs() {
        assertThat(Pagewalk.withoutCluster().open().exports(place().output())).isEmpty();
        assertThat(Pagewalk.withoutCluster().open().stored(place()).removal()).isEmpty();
    }

    @Test
    void refusesSpecificationsThatCannotBeMeant() {
        assertThatThrownBy(() -> ExportSpec.builder("a b", Map.of()).build()).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> ExportSpec.builder("orders", Map.of())
                        .from(new OffsetBound.AtOffset(5))
                        .to(new OffsetBound.AtOffset(4))
                        .build())
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> place().withExportId("a/b")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> FileSettings.of("xml").pin()).hasMessageContaining("parquet, jsonl");
        assertThatThrownBy(() -> Pagewalk.withoutCluster().threads(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private ExportPlace place() {
        return ExportPlace.of(directory.resolve("out").toString());
    }
}
