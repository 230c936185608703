package io.pagewalk.internal.consumer;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.page.PartitionFeed;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a walk, by one consumer that has all of them assigned and fetches those that are asked for. */
final class KafkaPartitionFeed implements PartitionFeed {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Takes a consumer that is not used any more. */
    interface Owner {
        /**
         * Takes it.
         *
         * @param usable whether it can be used again
         */
        void giveBack(PageConsumer consumer, boolean usable);
    }

    private final KafkaSettings settings;
    private final String topic;
    private final PageConsumer own;
    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final Owner owner;
    private final Silence silence;
    private final Map<Integer, Long> ends = new HashMap<>();
    /** Of those that are asked for. */
    private final Map<Integer, Long> positions = new HashMap<>();

    /** Whose records may come; who was asked for first comes first. */
    private final Set<Integer> asked = new LinkedHashSet<>();

    private boolean moved = true;
    private boolean silent = true;
    private boolean usable;
    private boolean closed;

    KafkaPartitionFeed(KafkaSettings settings, PageToken token, PageConsumer own, Waits waits, Owner owner) {
        this.settings = settings;
        this.topic = token.topic();
        this.own = own;
        this.consumer = own.consumer();
        this.owner = owner;
        this.silence = new Silence(waits, settings, consumer, POLL);
        for (int i = 0; i < token.partitionCount(); i++) {
            ends.put(token.partition(i), token.remaining(i).end());
        }
        List<TopicPartition> all = ends.keySet().stream().map(this::of).toList();
        consumer.assign(all);
        consumer.pause(all);
        // One without a position would have the client look for committed offsets.
        for (int i = 0; i < token.partitionCount(); i++) {
            consumer.seek(of(token.partition(i)), token.remaining(i).start());
        }
        usable = true;
    }

    private TopicPartition of(int partition) {
        return new TopicPartition(topic, partition);
    }

    @Override
    public void begin(int partition, long offset) {
        consumer.seek(of(partition), offset);
        positions.put(partition, offset);
        resume(partition);
    }

    @Override
    public void resume(int partition) {
        if (asked.add(partition)) {
            consumer.resume(List.of(of(partition)));
        }
    }

    @Override
    public void hold(int partition) {
        if (asked.remove(partition)) {
            consumer.pause(List.of(of(partition)));
        }
    }

    @Override
    public long position(int partition) {
        return positions.getOrDefault(partition, -1L);
    }

    @Override
    public boolean isSilent() {
        return silent;
    }

    @Override
    public void poll(int most, RecordHandler handler) throws IOException {
        usable = false;
        TopicPartition first = of(asked.iterator().next());
        if (moved) {
            silence.begin(Waits.For.RECORDS, first, position(first.partition()));
        }
        if (silence.isTooLong()) {
            throw KafkaFailures.silence(first + ": nothing arrived at offset " + position(first.partition()), settings);
        }
        ConsumerRecords<ByteBuffer, ByteBuffer> polled = poll(most);
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : polled) {
            handler.handle(own.adapter().view(record));
        }
        // Behind what was handed over there may be offsets that hold no record.
        polled.nextOffsets().forEach((partition, next) -> positions.put(partition.partition(), next.offset()));
        moved = !polled.nextOffsets().isEmpty();
        silent &= !moved;
        usable = true;
    }

    private ConsumerRecords<ByteBuffer, ByteBuffer> poll(int most) {
        own.budget().renew(most);
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach((partition, offset) -> throwUnlessFound(partition, offset, e));
            return ConsumerRecords.empty();
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot read topic " + topic, settings);
        }
    }

    private void throwUnlessFound(TopicPartition partition, long offset, OffsetOutOfRangeException failure) {
        long end = Math.max(offset, ends.getOrDefault(partition.partition(), offset));
        new OffsetNotInLog(new Slice(partition, new OffsetRange(offset, end)), offset, failure)
                .throwUnlessFound(consumer, settings);
        consumer.seek(partition, offset);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            silence.close();
            owner.giveBack(own, usable);
        }
    }
}
