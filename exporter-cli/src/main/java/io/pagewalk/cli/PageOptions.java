package io.pagewalk.cli;

import io.pagewalk.model.Direction;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which page is meant. Everything is null unless given, because a token has it all and is contradicted by nothing. */
@Command(optionListHeading = "Page")
final class PageOptions {
    @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic; a token knows it.")
    @Nullable String topic;

    @Option(
            names = "--page-token",
            paramLabel = "TOKEN",
            description = "Go on with a page's nextPageToken; - reads it from standard input.")
    @Nullable String pageToken;

    @Option(
            names = "--page-size",
            paramLabel = "N",
            description = "Records a page, 1 to 10,000 (default: 50).")
    @Nullable Integer pageSize;

    @Option(
            names = "--direction",
            paramLabel = "asc|desc",
            description = "Oldest or newest records first (default: asc).")
    @Nullable Direction direction;

    @Option(
            names = "--from",
            paramLabel = "BOUND",
            description = "Where the first page begins in every partition: earliest, offset:N, a date (2026-01-31, UTC)"
                    + " or an instant (2026-01-31T12:00:00Z) (default: earliest).")
    @Nullable OffsetBound from;

    @Option(
            names = "--to",
            paramLabel = "BOUND",
            description = "Where the last page ends, exclusive: latest, or as --from (default: latest).")
    @Nullable OffsetBound to;

    @Option(names = "--partitions", paramLabel = "LIST", description = "Which partitions, such as 0,3-5 (default: all).")
    @Nullable PartitionSet partitions;

    @Option(
            names = "--isolation-level",
            paramLabel = "LEVEL",
            description = "read_committed or read_uncommitted (default: read_committed).")
    @Nullable IsolationLevel isolationLevel;
}
