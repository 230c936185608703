package io.pagewalk.cli.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBrokerCollection;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopicCollection;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBrokerCollection;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopicCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;
import org.apache.kafka.common.requests.ListOffsetsRequest;

/** One topic with a few JSON records, a partition for each way to compress them, and what a broker says of it. */
final class TrainingTopic {
    static final String NAME = "training";
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final int RECORDS_PER_PARTITION = 500;

    private static final int NODE = 1;
    private static final int LEADER_EPOCH = 0;
    private static final long FIRST_TIMESTAMP = 1_700_000_000_000L;
    private static final Uuid ID = new Uuid(1, 2);
    private static final String CLUSTER = new Uuid(3, 4).toString();

    private final String host;
    private final int port;
    private final List<MemoryRecords> partitions;

    TrainingTopic(String host, int port) {
        this.host = host;
        this.port = port;
        this.partitions = COMPRESSIONS.stream().map(TrainingTopic::records).toList();
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    ApiMessage answer(ApiKeys api, ApiMessage request) {
        return switch (api) {
            case API_VERSIONS -> apiVersions();
            case METADATA -> metadata();
            case DESCRIBE_CLUSTER -> cluster();
            case DESCRIBE_TOPIC_PARTITIONS -> description();
            case DESCRIBE_CONFIGS -> configs((DescribeConfigsRequestData) request);
            case LIST_OFFSETS -> offsets((ListOffsetsRequestData) request);
            case FETCH -> fetched((FetchRequestData) request);
            default -> throw new IllegalArgumentException("no part of a training run: " + api);
        };
    }

    private static MemoryRecords records(String compression) {
        SimpleRecord[] records = IntStream.range(0, RECORDS_PER_PARTITION)
                .mapToObj(TrainingTopic::record)
                .toArray(SimpleRecord[]::new);
        return MemoryRecords.withRecords(Compression.of(compression).build(), LEADER_EPOCH, records);
    }

    private static SimpleRecord record(int i) {
        String value = "{\"id\":" + i + ",\"amount\":" + i / 8.0 + ",\"text\":\"\\u00e9t\u00e9 \\\"" + i
                + "\\\"\",\"tags\":[\"a\",null,true],\"at\":{\"x\":-1.5e3,\"y\":{}}}";
        Header[] headers = {new RecordHeader("trace", bytes("t-" + i))};
        return new SimpleRecord(FIRST_TIMESTAMP + i, bytes("key-" + i), bytes(value), headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ApiMessage apiVersions() {
        ApiVersionsResponseData.ApiVersionCollection versions = new ApiVersionsResponseData.ApiVersionCollection();
        List.of(
                        ApiKeys.API_VERSIONS,
                        ApiKeys.METADATA,
                        ApiKeys.DESCRIBE_CLUSTER,
                        ApiKeys.DESCRIBE_TOPIC_PARTITIONS,
                        ApiKeys.DESCRIBE_CONFIGS,
                        ApiKeys.LIST_OFFSETS,
                        ApiKeys.FETCH)
                .forEach(api -> versions.add(ApiVersionsResponse.toApiVersion(api)));
        return new ApiVersionsResponseData().setApiKeys(versions);
    }

    private ApiMessage metadata() {
        MetadataResponseBrokerCollection brokers = new MetadataResponseBrokerCollection();
        brokers.add(new MetadataResponseBroker().setNodeId(NODE).setHost(host).setPort(port));
        MetadataResponseTopicCollection topics = new MetadataResponseTopicCollection();
        topics.add(new MetadataResponseTopic()
                .setName(NAME)
                .setTopicId(ID)
                .setPartitions(forEachPartition(partition -> new MetadataResponsePartition()
                        .setPartitionIndex(partition)
                        .setLeaderId(NODE)
                        .setLeaderEpoch(LEADER_EPOCH)
                        .setReplicaNodes(List.of(NODE))
                        .setIsrNodes(List.of(NODE)))));
        return new MetadataResponseData()
                .setClusterId(CLUSTER)
                .setControllerId(NODE)
                .setBrokers(brokers)
                .setTopics(topics);
    }

    private ApiMessage cluster() {
        DescribeClusterBrokerCollection brokers = new DescribeClusterBrokerCollection();
        brokers.add(new DescribeClusterBroker().setBrokerId(NODE).setHost(host).setPort(port));
        return new DescribeClusterResponseData()
                .setClusterId(CLUSTER)
                .setControllerId(NODE)
                .setBrokers(brokers);
    }

    private ApiMessage description() {
        DescribeTopicPartitionsResponseTopicCollection topics = new DescribeTopicPartitionsResponseTopicCollection();
        topics.add(new DescribeTopicPartitionsResponseTopic()
                .setName(NAME)
                .setTopicId(ID)
                .setPartitions(forEachPartition(partition -> new DescribeTopicPartitionsResponsePartition()
                        .setPartitionIndex(partition)
                        .setLeaderId(NODE)
                        .setLeaderEpoch(LEADER_EPOCH)
                        .setReplicaNodes(List.of(NODE))
                        .setIsrNodes(List.of(NODE))
                        .setEligibleLeaderReplicas(List.of())
                        .setLastKnownElr(List.of()))));
        return new DescribeTopicPartitionsResponseData().setTopics(topics);
    }

    private static ApiMessage configs(DescribeConfigsRequestData request) {
        return new DescribeConfigsResponseData()
                .setResults(request.resources().stream()
                        .map(resource -> new DescribeConfigsResponseData.DescribeConfigsResult()
                                .setResourceType(resource.resourceType())
                                .setResourceName(resource.resourceName())
                                .setConfigs(List.of(new DescribeConfigsResourceResult()
                                        .setName(TopicConfig.CLEANUP_POLICY_CONFIG)
                                        .setValue(TopicConfig.CLEANUP_POLICY_DELETE)
                                        .setConfigSource(ConfigSource.DEFAULT_CONFIG.id())
                                        .setConfigType(ConfigType.LIST.id()))))
                        .toList());
    }

    private static ApiMessage offsets(ListOffsetsRequestData request) {
        return new ListOffsetsResponseData()
                .setTopics(request.topics().stream()
                        .map(topic -> new ListOffsetsTopicResponse()
                                .setName(topic.name())
                                .setPartitions(topic.partitions().stream()
                                        .map(partition -> new ListOffsetsPartitionResponse()
                                                .setPartitionIndex(partition.partitionIndex())
                                                .setLeaderEpoch(LEADER_EPOCH)
                                                .setOffset(
                                                        partition.timestamp() == ListOffsetsRequest.LATEST_TIMESTAMP
                                                                ? RECORDS_PER_PARTITION
                                                                : 0))
                                        .toList()))
                        .toList());
    }

    /** Whole batches, as brokers give them, whichever of their records was asked for. */
    private ApiMessage fetched(FetchRequestData request) {
        return new FetchResponseData()
                .setResponses(request.topics().stream()
                        .map(topic -> new FetchableTopicResponse()
                                .setTopicId(topic.topicId())
                                .setPartitions(topic.partitions().stream()
                                        .map(partition -> fetched(partition.partition(), partition.fetchOffset()))
                                        .toList()))
                        .toList());
    }

    private PartitionData fetched(int partition, long offset) {
        return new PartitionData()
                .setPartitionIndex(partition)
                .setHighWatermark(RECORDS_PER_PARTITION)
                .setLastStableOffset(RECORDS_PER_PARTITION)
                .setLogStartOffset(0)
                .setRecords(offset < RECORDS_PER_PARTITION ? partitions.get(partition) : MemoryRecords.EMPTY);
    }

    private <T> List<T> forEachPartition(IntFunction<T> describe) {
        List<T> described = new ArrayList<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            described.add(describe.apply(partition));
        }
        return described;
    }
}
