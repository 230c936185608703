package io.pagewalk.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataFilesTest {
    private static final String NAME = "orders-0-00000000000000000000-00000000000000000001-1-0123456789ab.parquet";

    private final InMemoryStorage output = new InMemoryStorage.Location().open("run");

    @BeforeEach
    void publish() throws IOException {
        for (String directory : List.of(
                "",
                "dt=2026-11-21/",
                "dt=2026-11-21/hour=05/",
                "dt=2026-11-21/hour=06/",
                "dt=2026-11-22/",
                "month=2026-11/",
                // Those are of somebody else.
                "month=2026-11/hour=05/",
                "hour=05/",
                "dt=today/",
                "_pagewalk/orders/1/dead-letters/")) {
            try (Storage.PendingFile file = output.create(directory + NAME)) {
                file.publish();
            }
        }
        for (String other : List.of("readme", "dt=2026-11-21/_SUCCESS")) {
            try (Storage.PendingFile file = output.create(other)) {
                file.publish();
            }
        }
    }

    @Test
    void areInTheOutputAndInTheDirectoriesOfWindows() throws IOException {
        String[] all = {
            NAME,
            "dt=2026-11-21/" + NAME,
            "dt=2026-11-21/hour=05/" + NAME,
            "dt=2026-11-21/hour=06/" + NAME,
            "dt=2026-11-22/" + NAME,
            "month=2026-11/" + NAME
        };
        List<String> found = new ArrayList<>();
        DataFiles.all(output, (path, name) -> {
            assertThat(name.toString()).isEqualTo(NAME);
            found.add(path);
        });

        assertThat(found).containsExactlyInAnyOrder(all);
        assertThat(DataFiles.sizes(output)).extracting(Storage.StoredFile::name).containsExactlyInAnyOrder(all);
    }

    @Test
    void aroundADirectoryAreThoseOfTheDirectoriesThatItIsIn() throws IOException {
        assertThat(around("")).containsExactlyInAnyOrder(NAME);
        assertThat(around("month=2026-11")).containsExactlyInAnyOrder(NAME, "month=2026-11/" + NAME);
        assertThat(around("dt=2026-11-21/hour=05"))
                .containsExactlyInAnyOrder(NAME, "dt=2026-11-21/" + NAME, "dt=2026-11-21/hour=05/" + NAME);
    }

    private List<String> around(String directory) throws IOException {
        List<String> found = new ArrayList<>();
        DataFiles.around(output, directory, (path, name) -> found.add(path));
        return found;
    }
}
