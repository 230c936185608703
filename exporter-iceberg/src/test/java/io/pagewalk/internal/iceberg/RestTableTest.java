package io.pagewalk.internal.iceberg;

import java.nio.file.Path;

/** Iceberg's REST catalog. */
class RestTableTest extends TableContractTest {
    @Override
    Fixture fixture(Path directory) {
        return Fixture.Rest.start(directory);
    }
}
