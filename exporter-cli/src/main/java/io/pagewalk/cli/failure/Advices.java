package io.pagewalk.cli.failure;

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
            case RECORD_LOSSES -> "what is committed stands, go on without them with --on-data-loss record";
            case NAME_THE_EXPORT -> "choose one with --export-id";
            case NAME_THE_EXPORT_AND_ITS_LOG -> "choose one with --export-id and --checkpoints";
            case NAME_THE_LOG -> "say where with --checkpoints";
            case DELETE_WITHOUT_LOG -> "--without-log deletes by the names of the files";
        };
        return option.isEmpty() ? Reasons.line(failure) : Reasons.oneLine(failure.problem()) + "; " + option;
    }
}
