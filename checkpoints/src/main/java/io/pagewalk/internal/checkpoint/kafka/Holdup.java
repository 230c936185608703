package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Why readers do not get on at an offset. It looks once at the record there, and from then on only asks what has become of its
 * transaction.
 */
final class Holdup {
    enum Cause {
        /** No transaction: the brokers are slow, or away. */
        NONE,
        /** An entry of this export, whose append has not returned. */
        OWN_APPEND,
        /** A transaction of somebody else, or one of which nothing is known. */
        TRANSACTION
    }

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogKeys keys;
    private long offset = -1;
    /** Whether the record there is of this export, if that was seen. */
    private Optional<Boolean> own = Optional.empty();

    private boolean hidden;

    Holdup(KafkaSettings settings, LogFailures failures, LogTopic topic, LogKeys keys) {
        this.settings = settings;
        this.failures = failures;
        this.topic = topic;
        this.keys = keys;
    }

    /** Why nothing comes that begins at {@code reached}. */
    Cause at(long reached) throws IOException {
        if (reached != offset) {
            offset = reached;
            own = Optional.empty();
        }
        if (own.isEmpty()) {
            if (!isHeld()) {
                return Cause.NONE;
            }
            own = look();
        }
        // The state first: an append that had returned before would have let readers pass by now.
        boolean unfinished = own.orElse(false) && isUnfinished();
        if (!isHeld()) {
            return Cause.NONE;
        }
        return unfinished ? Cause.OWN_APPEND : Cause.TRANSACTION;
    }

    private boolean isHeld() throws IOException {
        OptionalLong readable = topic.readableEnd();
        return readable.isPresent() && readable.getAsLong() <= offset;
    }

    private boolean isUnfinished() throws IOException {
        TransactionState state = topic.transaction(keys.transactionalId());
        hidden = state == TransactionState.UNKNOWN;
        return !hidden && state != TransactionState.PREPARE_COMMIT;
    }

    private Optional<Boolean> look() throws IOException {
        try (KafkaConsumer<byte[], byte[]> looking = new KafkaConsumer<>(
                settings.consumerConfig(IsolationLevel.READ_UNCOMMITTED, 1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            looking.assign(List.of(topic.partition()));
            looking.seek(topic.partition(), offset);
            for (ConsumerRecord<byte[], byte[]> record : looking.poll(LOOK)) {
                return Optional.of(record.offset() == offset
                        && record.key() != null
                        && keys.entryOf(record.key()).isPresent());
            }
        } catch (KafkaException e) {
            throw failures.translate(e, LogReader.NEEDED);
        }
        return Optional.empty();
    }

    /** What may help against it. */
    String advice() {
        return own.orElse(false) && hidden
                ? "; it is this export's own, and need not be waited for with DESCRIBE on transactional id "
                        + keys.transactionalId()
                : "";
    }
}
