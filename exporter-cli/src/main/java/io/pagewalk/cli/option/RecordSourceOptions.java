package io.pagewalk.cli.option;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the records come from, if not from the topic. */
@Command(optionListHeading = "Records")
public final class RecordSourceOptions {
    static final String FROM_DEAD_LETTERS = "--from-dead-letters";

    @Option(
            names = FROM_DEAD_LETTERS,
            paramLabel = "URI",
            description = "Export what the topic's export in this other output has set aside, all of it, instead of the"
                    + " topic. That export has to be complete. No broker is asked.")
    @Nullable
    DirectoryLocation fromDeadLetters;

    /**
     * The output whose dead letters are meant, or null.
     *
     * @throws UsageException if other options contradict that
     */
    @Nullable
    public DirectoryLocation fromDeadLetters(SelectionOptions selection, OutputOptions output) {
        if (fromDeadLetters == null) {
            return null;
        }
        boolean selects = !selection.from.equals(new OffsetBound.Earliest())
                || !selection.to.equals(new OffsetBound.Latest())
                || !selection.partitions.equals(PartitionSet.ALL);
        if (selects) {
            throw new UsageException(
                    FROM_DEAD_LETTERS + " takes all that was set aside: leave out --from, --to and" + " --partitions");
        }
        if (fromDeadLetters.equals(output.output)) {
            throw new UsageException(FROM_DEAD_LETTERS + " " + fromDeadLetters
                    + ": what was set aside there needs an --output of its own");
        }
        return fromDeadLetters;
    }
}
