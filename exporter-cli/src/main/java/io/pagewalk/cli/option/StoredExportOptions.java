package io.pagewalk.cli.option;

import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.topics.StoredTopic;
import io.pagewalk.topics.StoredTopics;
import io.pagewalk.topics.TopicSelection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which export that is there already is meant, and how to reach it. */
@Command
public final class StoredExportOptions {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final TopicsOptions topics = new TopicsOptions();

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

    /**
     * The exports of many topics, if those are meant: by {@code --topics}, or because the output is none of an export, and its directories
     * are; empty if it is one export.
     *
     * @throws UsageException if no topic's export is there that is meant
     */
    public List<StoredTopic> many(Pagewalk pagewalk) {
        TopicSelection selection = topics.selection();
        if (selection == null && (output.exportId != null || isOne(pagewalk))) {
            return List.of();
        }
        List<StoredTopic> found = new StoredTopics(pagewalk, output.places()).find(selection);
        if (selection != null && found.isEmpty()) {
            throw new UsageException(
                    "no export in " + output.output + " is of a topic that matches --topics " + selection);
        }
        return found;
    }

    private boolean isOne(Pagewalk pagewalk) {
        try {
            return !pagewalk.exports(output.output).isEmpty();
        } catch (UsageException e) {
            // A claim is damaged, which who asks for the export is told.
            return true;
        }
    }

    /**
     * Likewise, where something is removed: many only if {@code --topics} says which, as an output that was mistaken for another one
     * may hold everything there is.
     */
    public List<StoredTopic> namedMany(Pagewalk pagewalk) {
        List<StoredTopic> many = many(pagewalk);
        if (!many.isEmpty() && !topics.areMany()) {
            throw new UsageException(output.output + " holds the exports of " + many.size()
                    + " topics: say which, with --topics, such as --topics '.*'");
        }
        return many;
    }

    /** Where its data files are. */
    public DirectoryLocation output() {
        return output.output;
    }
}
