package io.pagewalk.internal.iceberg;

import java.nio.file.Path;

/** A catalog in SQLite, tables on the local disk. */
class JdbcPreparationTest extends PreparationContractTest {
    @Override
    Fixture fixture(Path directory) {
        return new Fixture.Jdbc(directory);
    }
}
