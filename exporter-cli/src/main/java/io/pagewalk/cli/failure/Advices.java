package io.pagewalk.cli.failure;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;

/** Names the options that do what a failure advises. */
final class Advices {
    private Advices() {}

    /** The failure in one line. */
    static String message(PagewalkException failure) {
        String option = switch (failure.advice()) {
            case NONE -> "";
            case NAME_A_CLUSTER -> "--bootstrap-server (or PAGEWALK_BOOTSTRAP_SERVER) names one";
            case CHANGE_CLIENT_SETTINGS -> "client settings are given with --command-config or --command-property";
            case CHANGE_REGISTRY_SETTINGS -> "settings of the registry are given with --schema-registry-config";
            case NAME_THE_CONTEXT -> "--registry-context names the context";
            case KEEP_THE_COLUMNS -> "--on-new-schema keep goes on without them";
            case CHANGE_FILE_SYSTEM_SETTINGS ->
                "file system settings are given with --hadoop-conf or --hadoop-property";
            case WAIT_LONGER -> "run again, with a longer --retry-timeout to wait longer";
            case WAIT_LESS -> "use a shorter --retry-timeout";
            case RECORD_LOSSES -> "what is committed stands, go on without them with --on-data-loss record";
            case BEGIN_ANEW -> "begin anew with a fresh token, without --page-token";
            case SET_RECORDS_ASIDE ->
                "set such records aside with --on-bad-record dead-letter, or start a new export into"
                        + " an empty output with another " + format(failure);
            case SET_MORE_RECORDS_ASIDE ->
                "raise --max-bad-records and run again, or delete the export and start it anew"
                        + " with another format";
            case MAKE_CHECKPOINTS_SMALLER -> "a smaller --page-size or a larger --file-size makes checkpoints smaller";
            case MOVE_THE_LOG -> "keep the checkpoints elsewhere with --checkpoints";
            case RESTORE_THE_LOG -> "restore it, or remove the export with delete --without-log and export anew";
            case NAME_THE_EXPORT -> "name the export with --export-id";
            case NAME_THE_EXPORT_AND_ITS_LOG -> "name the export with --export-id, and its log with --checkpoints";
            case NAME_THE_LOG -> "say where with --checkpoints";
            case GO_ON_INCREMENTALLY -> "--incremental adds what is new";
            case SAY_WHERE_TO_BEGIN -> "give --from to say where the series begins";
            case NAME_THE_TABLE -> "name the table with --iceberg-table, its catalog with --iceberg-catalog-config";
            case REAPPLY -> "--iceberg-reapply adds again what it lacks, pagewalk iceberg detach ends that it follows";
            case ACCEPT_THE_TABLE ->
                "see whether it has these rows: pagewalk iceberg accept --iceberg-catalog-config goes on behind them,"
                        + " detach ends that it follows";
            case DETACH_THE_TABLE ->
                "pagewalk iceberg detach ends that it follows, pagewalk iceberg sync --iceberg-table fills another one";
            case SYNC_THE_TABLE -> "pagewalk iceberg sync brings it level, with --iceberg-catalog-config";
            case DELETE_WITHOUT_LOG -> "--without-log deletes by the names of the files";
        };
        return option.isEmpty() ? Reasons.line(failure) : Reasons.oneLine(failure.problem()) + "; " + option;
    }

    /** What shapes the part of a record that does not fit. */
    private static String format(PagewalkException failure) {
        return failure instanceof BadRecordException record
                ? switch (record.part()) {
                    case KEY -> "--key-format";
                    case VALUE -> "--value-format";
                    case HEADER -> "--header-format";
                    case TIMESTAMP -> "--timestamp-unit";
                }
                : "format";
    }
}
