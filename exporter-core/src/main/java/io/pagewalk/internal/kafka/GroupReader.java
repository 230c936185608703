package io.pagewalk.internal.kafka;

import io.pagewalk.internal.admin.AdminCalls;
import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.plan.CommittedOffsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/** Reads what consumer groups have committed of a topic. Brokers leave out groups that may not be seen, without a word. */
final class GroupReader {
    private final AdminCalls admin;
    private final KafkaSettings settings;
    private final String topic;
    private boolean complete;

    GroupReader(AdminCalls admin, KafkaSettings settings, String topic) {
        this.admin = admin;
        this.settings = settings;
        this.topic = topic;
    }

    CommittedOffsets read() {
        try {
            return readAll();
        } catch (ExecutionException e) {
            throw KafkaFailures.translate(e, "cannot read the consumer groups of topic " + topic, settings);
        }
    }

    private CommittedOffsets readAll() throws ExecutionException {
        complete = seesAllGroups();
        List<TopicPartition> partitions = new ArrayList<>();
        int count = new TopicQuestions(admin).describe(topic).partitions().size();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        SortedMap<String, SortedMap<Integer, Long>> groups = new TreeMap<>();
        for (GroupListing group : list()) {
            SortedMap<Integer, Long> offsets = offsets(group.groupId(), partitions);
            if (!offsets.isEmpty()) {
                groups.put(group.groupId(), offsets);
            }
        }
        return new CommittedOffsets(topic, Instant.now().truncatedTo(ChronoUnit.MILLIS), groups, complete);
    }

    private boolean seesAllGroups() throws ExecutionException {
        Set<AclOperation> operations = admin.ask(
                "for what may be seen of the cluster",
                client -> client.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
                        .authorizedOperations());
        return operations != null
                && (operations.contains(AclOperation.DESCRIBE) || operations.contains(AclOperation.ALL));
    }

    private Collection<GroupListing> list() throws ExecutionException {
        try {
            return admin.ask(
                    "to list the consumer groups",
                    client -> client.listGroups(ListGroupsOptions.forConsumerGroups())
                            .all());
        } catch (ExecutionException e) {
            passOverRefusal(e);
            return List.of();
        }
    }

    /** What may not be seen is told to be missing, and is no failure. */
    private void passOverRefusal(ExecutionException e) throws ExecutionException {
        if (!(e.getCause() instanceof AuthorizationException)) {
            throw e;
        }
        complete = false;
    }

    private SortedMap<Integer, Long> offsets(String group, List<TopicPartition> partitions) throws ExecutionException {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        try {
            committed.putAll(admin.ask(
                    "for what group " + group + " has committed",
                    client -> client.listConsumerGroupOffsets(
                                    Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                            .partitionsToOffsetAndMetadata(group)));
        } catch (ExecutionException e) {
            passOverRefusal(e);
        }
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }
}
