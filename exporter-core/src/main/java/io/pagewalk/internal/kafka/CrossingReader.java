package io.pagewalk.internal.kafka;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.consumer.PollBudget;
import io.pagewalk.internal.consumer.Silence;
import io.pagewalk.internal.crossing.CrossingSearch;
import io.pagewalk.internal.crossing.Read;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what searches for crossings have to see: those of all partitions side by side, with one consumer, and those of one
 * partition one after the other. Keeps no records. Confined to one thread.
 */
final class CrossingReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final StopSignal stop;
    private final PollBudget budget;
    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final Map<TopicPartition, Reading> readings = new HashMap<>();
    private final Silence silence;

    /** @param taken stays open */
    CrossingReader(KafkaSettings settings, StopSignal stop, Waits waits, IdleConsumers.Taken taken) {
        this(settings, stop, waits, taken.budget(), taken.consumer());
    }

    CrossingReader(
            KafkaSettings settings,
            StopSignal stop,
            Waits waits,
            PollBudget budget,
            Consumer<ByteBuffer, ByteBuffer> consumer) {
        this.settings = settings;
        this.stop = stop;
        this.budget = budget;
        this.consumer = consumer;
        this.silence = new Silence(waits, settings, consumer, POLL);
    }

    /**
     * Brings all searches to their end.
     *
     * @throws ExportFailedException if nothing arrives for longer than the retry timeout
     * @throws StoppedException if a stop was asked for
     */
    void run(Map<TopicPartition, List<CrossingSearch>> searches) {
        searches.forEach((partition, ofPartition) -> {
            Reading reading = new Reading(partition, ofPartition);
            if (reading.read != null) {
                readings.put(partition, reading);
            }
        });
        if (readings.isEmpty()) {
            return;
        }
        try {
            consumer.assign(readings.keySet());
            readings.values().forEach(Reading::seek);
            readToTheEnd();
        } catch (KafkaException e) {
            throw KafkaFailures.translate(
                    e,
                    "cannot look for a time in " + readings.keySet().iterator().next(),
                    settings);
        }
    }

    private void readToTheEnd() {
        try (silence) {
            boolean advanced = true;
            while (!readings.isEmpty()) {
                if (stop.isRequested()) {
                    throw new StoppedException("stopped on request");
                }
                if (advanced) {
                    Reading next = readings.values().iterator().next();
                    silence.begin(Waits.For.BROKERS, "the search for a time in " + next.partition, next.position);
                }
                if (silence.isTooLong()) {
                    throw silent();
                }
                advanced = poll();
            }
        }
    }

    private ExportFailedException silent() {
        Reading reading = readings.values().iterator().next();
        return KafkaFailures.silence(
                "cannot look for a time in " + reading.partition + ": nothing arrived at offset " + reading.position,
                settings);
    }

    /** Whether anything has advanced. */
    private boolean poll() {
        Set<TopicPartition> looked = new HashSet<>();
        boolean advanced = false;
        try {
            budget.renew();
            ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                Reading reading = readings.get(partition);
                if (reading != null) {
                    looked.add(partition);
                    reading.take(records.records(partition));
                    advanced = true;
                }
            }
        } catch (LogTruncationException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            advanced = reposition(e.offsetOutOfRangePartitions().keySet());
        }
        // Offsets without a record are passed silently; the others can wait for a poll with less to do.
        for (Reading reading : List.copyOf(looked.isEmpty() ? readings.values() : of(looked))) {
            advanced |= reading.advance();
        }
        return advanced;
    }

    private List<Reading> of(Collection<TopicPartition> partitions) {
        List<Reading> chosen = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Reading reading = readings.get(partition);
            if (reading != null) {
                chosen.add(reading);
            }
        }
        return chosen;
    }

    /**
     * Retention is at work: the oldest records that are left stand for those that are gone. Where the log has the offset after
     * all, a leader was behind that catches up.
     */
    private boolean reposition(Set<TopicPartition> outOfRange) {
        Map<TopicPartition, Long> logStarts;
        try {
            logStarts = consumer.beginningOffsets(outOfRange);
        } catch (TimeoutException e) {
            // No progress: the time is counted by who polls.
            return false;
        }
        boolean moved = false;
        for (Reading reading : of(outOfRange)) {
            moved |= reading.moveTo(logStarts.getOrDefault(reading.partition, 0L));
        }
        if (!moved) {
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("interrupted", e);
            }
        }
        return moved;
    }

    /** The searches of one partition. */
    private final class Reading {
        private final TopicPartition partition;
        private final Deque<CrossingSearch> searches;
        private @Nullable Read read;
        private long logStart;
        private long position;
        private long records;
        private long bytes;

        Reading(TopicPartition partition, List<CrossingSearch> searches) {
            this.partition = partition;
            this.searches = new ArrayDeque<>(searches);
            begin();
        }

        /** The next read of the first search that has one. */
        private void begin() {
            read = null;
            while (!searches.isEmpty() && read == null) {
                read = searches.element().next();
                if (read == null) {
                    searches.remove();
                }
            }
            if (read != null) {
                position = Math.max(read.start(), logStart);
                records = 0;
                bytes = 0;
            }
        }

        void seek() {
            consumer.seek(partition, position);
        }

        /** Whether there is something to skip. */
        boolean moveTo(long newLogStart) {
            logStart = newLogStart;
            boolean moved = position < logStart;
            position = Math.max(position, logStart);
            seek();
            return moved;
        }

        /** What is behind the end of the read is left to the next one. */
        void take(List<ConsumerRecord<ByteBuffer, ByteBuffer>> polled) {
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : polled) {
                if (read == null || record.offset() >= read.end()) {
                    position = Math.max(position, record.offset());
                    return;
                }
                searches.element().see(record.offset(), record.timestamp());
                position = record.offset() + 1;
                records++;
                bytes += PollBudget.sizeOf(record);
                if (records >= read.records() || bytes >= read.bytes()) {
                    return;
                }
            }
        }

        /** Ends the read if nothing of it is missing, and begins the next one. */
        boolean advance() {
            Read current = read;
            if (current == null) {
                return false;
            }
            long before = position;
            boolean enough = records >= current.records() || bytes >= current.bytes();
            if (!enough) {
                try {
                    position = Math.max(position, consumer.position(partition, POLL));
                } catch (TimeoutException e) {
                    // A position that waits for its validation after a change of leader has not advanced.
                    return false;
                }
            }
            if (!enough && position < current.end()) {
                return position > before;
            }
            searches.element().done();
            begin();
            if (read == null) {
                readings.remove(partition);
                consumer.pause(List.of(partition));
            } else {
                seek();
            }
            return true;
        }
    }
}
