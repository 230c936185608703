package io.pagewalk.cli.option;

import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which export that is there already is meant, and how to reach it. */
@Command
public final class StoredExportOptions {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LogConnectionOptions connection = new LogConnectionOptions();

    /** A connection to where it is. */
    public Pagewalk open(Console console) {
        return connection.open(console, output);
    }

    /**
     * That export; nothing is opened yet.
     *
     * @throws UsageException if its name is none
     */
    public StoredExport in(Pagewalk pagewalk) {
        return pagewalk.stored(output.place());
    }

    /** Where its data files are. */
    public DirectoryLocation output() {
        return output.output;
    }
}
