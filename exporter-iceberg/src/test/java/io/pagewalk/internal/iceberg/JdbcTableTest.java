package io.pagewalk.internal.iceberg;

import java.nio.file.Path;

/** A catalog in SQLite, tables on the local disk. */
class JdbcTableTest extends TableContractTest {
    @Override
    Fixture fixture(Path directory) {
        return new Fixture.Jdbc(directory);
    }
}
