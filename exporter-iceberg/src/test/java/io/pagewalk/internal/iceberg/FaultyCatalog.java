package io.pagewalk.internal.iceberg;

import io.pagewalk.table.TableCatalog;
import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog in memory, each of whose operations can fail before or after it is done. */
public final class FaultyCatalog extends InMemoryCatalog {
    /** What happens at an operation. */
    public interface Faults {
        /** Called before each operation, and throws what it is to fail with. */
        void before(String operation);

        /** Called when it is done, likewise: the reply is lost. */
        void after(String operation);
    }

    /** Nothing fails. */
    public static final Faults NONE = new Faults() {
        @Override
        public void before(String operation) {}

        @Override
        public void after(String operation) {}
    };

    private volatile Faults faults = NONE;

    /** One without tables. */
    public static FaultyCatalog empty() {
        FaultyCatalog catalog = new FaultyCatalog();
        catalog.initialize("fake", Map.of("warehouse", "file:///warehouse"));
        return catalog;
    }

    /** From now on. */
    public void fail(Faults with) {
        faults = with;
    }

    /** Does something that does not fail, such as others do. */
    public void soundly(Runnable what) {
        Faults kept = faults;
        faults = NONE;
        try {
            what.run();
        } finally {
            faults = kept;
        }
    }

    /** As Pagewalk has it. */
    public TableCatalog open() {
        Map<String, String> settings = Map.of("type", "fake");
        return new IcebergCatalog(this, settings, new IcebergFailures("fake", settings), Duration.ofSeconds(20));
    }

    /** Only empties it. */
    @Override
    public void close() {}

    @Override
    public Table loadTable(TableIdentifier table) {
        faults.before("load");
        Table loaded = super.loadTable(table);
        faults.after("load");
        return loaded;
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new FaultyOperations(super.newTableOps(table));
    }

    private final class FaultyOperations implements TableOperations {
        private final TableOperations operations;

        FaultyOperations(TableOperations operations) {
            this.operations = operations;
        }

        @Override
        public TableMetadata current() {
            return operations.current();
        }

        @Override
        public TableMetadata refresh() {
            faults.before("refresh");
            TableMetadata metadata = operations.refresh();
            faults.after("refresh");
            return metadata;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            faults.before("commit");
            operations.commit(base, metadata);
            faults.after("commit");
        }

        @Override
        public FileIO io() {
            return operations.io();
        }

        @Override
        public EncryptionManager encryption() {
            return operations.encryption();
        }

        @Override
        public String metadataFileLocation(String name) {
            return operations.metadataFileLocation(name);
        }

        @Override
        public LocationProvider locationProvider() {
            return operations.locationProvider();
        }

        @Override
        public TableOperations temp(TableMetadata uncommitted) {
            return operations.temp(uncommitted);
        }

        @Override
        public long newSnapshotId() {
            return operations.newSnapshotId();
        }
    }
}
