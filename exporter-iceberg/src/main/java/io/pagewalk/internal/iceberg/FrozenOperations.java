package io.pagewalk.internal.iceberg;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table as it was looked at. A transaction is decided by what it was then, and becomes part of that very state or fails: Iceberg's own
 * retries would apply it to another one.
 */
final class FrozenOperations implements TableOperations {
    private final TableOperations table;
    private final TableMetadata base;

    FrozenOperations(TableOperations table, TableMetadata base) {
        this.table = table;
        this.base = base;
    }

    @Override
    public TableMetadata current() {
        return base;
    }

    @Override
    public TableMetadata refresh() {
        return base;
    }

    @Override
    @SuppressWarnings("ConsistentOverrides")
    public void commit(TableMetadata before, TableMetadata after) {
        try {
            table.commit(before, after);
        } catch (CommitFailedException e) {
            throw new Conflict(e);
        } catch (RuntimeException e) {
            throw new Uncertain(e);
        }
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public EncryptionManager encryption() {
        return table.encryption();
    }

    @Override
    public String metadataFileLocation(String name) {
        return table.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return table.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return table.newSnapshotId();
    }

    /**
     * The table has become another one meanwhile.
     *
     * <p>Upon some failures Iceberg removes the manifests of the transaction. None of these two is one: the failure may be the answer to a
     * request that was sent again after it had been carried out, and then the manifests are the table's. What is left behind is small,
     * and orphan removal finds it.
     */
    static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final CommitFailedException failure;

        Conflict(CommitFailedException failure) {
            super(failure);
            this.failure = failure;
        }

        CommitFailedException failure() {
            return failure;
        }
    }

    /** A commit has failed otherwise. */
    static final class Uncertain extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException failure;

        Uncertain(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }

        RuntimeException failure() {
            return failure;
        }
    }
}
