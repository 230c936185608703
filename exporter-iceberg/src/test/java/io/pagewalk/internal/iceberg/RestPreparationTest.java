package io.pagewalk.internal.iceberg;

import java.nio.file.Path;

/** Iceberg's REST catalog. */
class RestPreparationTest extends PreparationContractTest {
    @Override
    Fixture fixture(Path directory) {
        return Fixture.Rest.start(directory);
    }
}
