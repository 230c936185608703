package io.pagewalk.internal.iceberg;

import io.pagewalk.table.TableCatalog;
import org.apache.iceberg.catalog.Catalog;

/** The catalog that can be made to fail, while it does not: so that it is no kinder than others. */
class FakeTableTest extends TableContractTest {
    private final FaultyCatalog fake = FaultyCatalog.empty();

    @Override
    Catalog others() {
        return fake.sound();
    }

    @Override
    TableCatalog open() {
        return fake.open();
    }
}
