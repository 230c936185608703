package io.pagewalk.cli.failure;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.ReadersBusyException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the process ends with. The numbers are part of the interface: scripts branch on them, so they never change. */
public enum ExitCode {
    /** What was asked for is done; for an export, every record of its extent is committed. */
    COMPLETE(0, "complete"),
    /** Something failed that may pass: an unreachable broker, a full disk, too little memory. */
    FAILED(1, "failed; an export resumes when it is run again"),
    /** The command cannot work as it was given. */
    USAGE(2, "wrong usage, configuration or credentials"),
    /** Stopped by a limit or a signal, after a commit; for {@code status}, an export that is not complete. */
    STOPPED(3, "stopped early on request, an export resumes when it is run again; of status: not complete"),
    /** Records of the extent are gone from the topic. */
    DATA_LOSS(4, "records that belong to the export are gone from the topic"),
    /** Another run of the same export was faster. */
    FENCED(5, "another run of the same export has taken over"),
    /** A record is not what its pinned format says. */
    FORMAT_MISMATCH(6, "a record does not fit into the files: it contradicts the format of its key, value or headers"),
    /** The topic is no longer the one the extent was frozen from. */
    TOPIC_CHANGED(7, "the topic was recreated or truncated, or is on another cluster"),
    /** The export is complete but for records that are gone from the topic, or that are set aside; the log says which. */
    COMPLETE_WITH_EXCEPTIONS(
            8, "complete, but with something on record: records that were gone from the topic, or that are set aside"),
    /** An export is not what its log says, or not complete. */
    FINDINGS(9, "of verify: something is not as it should be"),
    /** A table that follows the export was changed by others, and somebody has to decide; the export itself is whole. */
    TABLE_CHANGED(10, "the table that follows the export was rolled back, replaced or compacted by others");

    /** What needs a person comes before what may pass by itself, and that before what is only not complete. */
    private static final List<ExitCode> GRAVEST_FIRST = List.of(
            USAGE,
            TOPIC_CHANGED,
            TABLE_CHANGED,
            DATA_LOSS,
            FORMAT_MISMATCH,
            FINDINGS,
            FAILED,
            FENCED,
            STOPPED,
            COMPLETE_WITH_EXCEPTIONS,
            COMPLETE);

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /**
     * Of an export that is complete.
     *
     * @param marked whether something is on record: lost, or set aside
     */
    public static ExitCode ofComplete(boolean marked) {
        return marked ? COMPLETE_WITH_EXCEPTIONS : COMPLETE;
    }

    /** What a command ends with that has done many things; {@link #COMPLETE} if it has done none. */
    public static ExitCode gravest(Collection<ExitCode> codes) {
        return GRAVEST_FIRST.stream().filter(codes::contains).findFirst().orElse(COMPLETE);
    }

    /** What a person reads next to the number. */
    String meaning() {
        return meaning;
    }

    static ExitCode of(PagewalkException failure) {
        if (failure instanceof UsageException) {
            return USAGE;
        } else if (failure instanceof StoppedException) {
            return STOPPED;
        } else if (failure instanceof DataLossException) {
            return DATA_LOSS;
        } else if (failure instanceof FencedException) {
            return FENCED;
        } else if (failure instanceof FormatMismatchException) {
            return FORMAT_MISMATCH;
        } else if (failure instanceof TopicChangedException) {
            return TOPIC_CHANGED;
        } else if (failure instanceof TableChangedException) {
            return TABLE_CHANGED;
        } else if (failure instanceof ExportFailedException
                || failure instanceof PageDeadlineException
                || failure instanceof ReadersBusyException) {
            return FAILED;
        }
        throw new AssertionError("no exit code for " + failure.getClass(), failure);
    }

    /** The code of a number; {@link #FAILED} if there is none. */
    public static ExitCode ofNumber(int number) {
        return Arrays.stream(values())
                .filter(code -> code.code == number)
                .findAny()
                .orElse(FAILED);
    }

    /** The meanings by number, as help texts list them. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(Integer.toString(code.code), code.meaning);
        }
        return meanings;
    }
}
