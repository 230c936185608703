package io.pagewalk.cli.metrics;

/** What is told of an export, by the name that it has in Prometheus. The names are part of the interface: rules and dashboards use them. */
enum WatchedFigure {
    RUN_END("run_end_timestamp_seconds", "When a command was last done with the export, well or not."),
    DURATION("run_duration_seconds", "How long that command was at work on it."),
    EXIT_CODE("run_exit_code", "What that command ended with for it; 0 and 8 are complete."),
    RUN_RECORDS("run_records", "Records that it read."),
    RUN_BYTES("run_bytes", "Bytes of their keys, values and headers."),
    SUCCESS("last_success_timestamp_seconds", "When a command last found the export complete, or made it so."),
    COVERED(
            "covered_until_timestamp_seconds",
            "Up to when all that the topic held is exported: the last freeze, or the end of the last window."),
    RECORDS("records", "Records in the data files, over all runs."),
    BYTES("bytes", "Bytes of the data files, over all runs."),
    FILES("files", "Data files, over all runs."),
    LAG("lag_offsets", "Offsets of the last run that are not committed."),
    TABLE_LAG("table_lag_pages", "Committed pages that the table lacks that follows, such as one of Iceberg."),
    HEAD_ROOM("head_room_ratio", "Share of the topic's retention that is left for what is not exported."),
    LOST("lost_offsets", "Offsets on record as lost, over all runs."),
    SET_ASIDE("set_aside_records", "Records set aside because they do not fit into the files, over all runs.");

    private final String name;
    private final String help;

    WatchedFigure(String name, String help) {
        this.name = name;
        this.help = help;
    }

    String fullName() {
        return "pagewalk_" + name;
    }

    String help() {
        return help;
    }

    /** Whether it stays true when a later command fails before it comes to the export. */
    boolean lasts() {
        return this != RUN_END && this != DURATION && this != EXIT_CODE && this != RUN_RECORDS && this != RUN_BYTES;
    }
}
