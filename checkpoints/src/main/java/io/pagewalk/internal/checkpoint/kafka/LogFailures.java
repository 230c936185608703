package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.io.IOException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** Tells the failures of a log's topic that pass by themselves from those that somebody has to see to. */
final class LogFailures {
    private static final String RUN_AGAIN = "; run again";

    private final KafkaSettings settings;
    private final String topic;
    private final String transactionalId;

    LogFailures(KafkaSettings settings, String topic, String transactionalId) {
        this.settings = settings;
        this.topic = topic;
        this.transactionalId = transactionalId;
    }

    /**
     * @param needed what has to be permitted on the topic for this
     * @return the failure, if another attempt may succeed
     * @throws PagewalkException if none can
     */
    IOException translate(Throwable failure, String needed) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionalIdAuthorizationException) {
                throw new UsageException(
                        "not permitted to write to topic " + topic + " as transactional id " + transactionalId
                                + ": ask for WRITE and DESCRIBE on that transactional id",
                        failure);
            }
            if (cause instanceof InvalidTxnTimeoutException) {
                throw new UsageException(
                        "the brokers' transaction.max.timeout.ms is too small to append to topic " + topic
                                + ": it has to be one and a half times the retry timeout",
                        Advice.WAIT_LESS,
                        failure);
            }
            if (cause instanceof AuthorizationException) {
                throw new UsageException(
                        "not permitted: " + String.valueOf(cause.getMessage()).replaceFirst("\\.$", "") + "; ask for "
                                + needed + " on topic " + topic + ", which holds the checkpoints",
                        failure);
            }
        }
        PagewalkException known = KafkaFailures.translate(failure, "topic " + topic, settings);
        if (!(known instanceof ExportFailedException)) {
            throw known;
        }
        String message = known.problem();
        boolean advised = message.endsWith(RUN_AGAIN);
        return new IOException(
                advised ? message.substring(0, message.length() - RUN_AGAIN.length()) : message, known.getCause());
    }

    /** Whether the broker takes nothing more from this producer, because another one has its id. */
    static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /** Whether the failure itself says why it came, and that is neither another producer nor what one may have left. */
    static boolean isExplained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException
                    || cause instanceof RetriableException
                    || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }
}
