package io.pagewalk.internal.http.answer;

import io.pagewalk.error.Advice;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.ReadersBusyException;
import io.pagewalk.error.RegistryRefusedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.http.FailureTexts;
import io.pagewalk.http.FailureTexts.Told;
import io.pagewalk.internal.http.query.BadRequestException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says what a failure is to who asked. */
public final class Problems {
    private static final String NO_MEMORY =
            "the server is out of memory: ask for less at a time (max_bytes), or give it more"
                    + " (PAGEWALK_OPTS=-Xmx1g)";

    private final FailureTexts texts;

    public Problems(FailureTexts texts) {
        this.texts = texts;
    }

    /** What it is. */
    public Problem of(Throwable failure) {
        if (failure instanceof BadRequestException bad) {
            return Problem.of(bad.status(), String.valueOf(bad.getMessage()));
        }
        Told told = texts.tell(failure);
        if (failure instanceof OutOfMemoryError) {
            return new Problem(status(failure), NO_MEMORY, told.exitCode(), null);
        }
        String detail = failure instanceof PagewalkException known ? message(known, told) : told.message();
        Problem.Lost lost =
                failure instanceof DataLossException loss ? new Problem.Lost(loss.start(), loss.end()) : null;
        return new Problem(status(failure), detail, told.exitCode(), lost);
    }

    /** In the words of a request, where the command line names an option. */
    private static String message(PagewalkException failure, Told told) {
        return failure.advice() == Advice.BEGIN_ANEW
                ? failure.problem() + "; begin anew, without page_token"
                : told.message();
    }

    private static int status(Throwable failure) {
        if (failure instanceof RegistryRefusedException) {
            // Nothing that who asks could change.
            return 503;
        } else if (failure instanceof UsageException) {
            return ofUsage(failure);
        } else if (failure instanceof TopicChangedException || failure instanceof DataLossException) {
            return 410;
        } else if (failure instanceof FormatMismatchException) {
            return 422;
        } else if (failure instanceof ReadersBusyException) {
            return 429;
        } else if (failure instanceof PageDeadlineException late) {
            return late.isSilent() ? 503 : 504;
        } else if (failure instanceof ExportFailedException
                || failure instanceof StoppedException
                || failure instanceof OutOfMemoryError) {
            return 503;
        }
        return 500;
    }

    private static int ofUsage(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException) {
                return 404;
            } else if (cause instanceof AuthorizationException) {
                return 403;
            }
        }
        return 400;
    }
}
