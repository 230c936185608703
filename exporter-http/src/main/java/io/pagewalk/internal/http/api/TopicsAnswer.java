package io.pagewalk.internal.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.Pages;
import io.pagewalk.Pagewalk;
import io.pagewalk.internal.http.answer.Documents;
import io.pagewalk.internal.http.query.BadRequestException;
import io.pagewalk.internal.http.query.NewerQuery;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.listing.ListedTopic;
import io.pagewalk.listing.TopicDetails;
import io.pagewalk.listing.TopicSize;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.TopicNames;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The topics of the cluster, and what a single one is. */
final class TopicsAnswer {
    private final Pagewalk pagewalk;
    private final Pages pages;

    TopicsAnswer(Pagewalk pagewalk, Pages pages) {
        this.pagewalk = pagewalk;
        this.pages = pages;
    }

    /** All that may be seen, by name, with how much they have. */
    void all(Exchange exchange, String[] variables) {
        requireNoQuery(exchange);
        List<ListedTopic> topics = pagewalk.topics().stream()
                .sorted(Comparator.comparing(ListedTopic::name))
                .toList();
        Map<String, TopicSize> sizes =
                pages.overview(topics.stream().map(ListedTopic::name).toList());
        send(exchange, Documents.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("topics");
            for (ListedTopic topic : topics) {
                json.writeStartObject();
                json.writeStringField("topic", topic.name());
                json.writeBooleanField("internal", topic.internal());
                TopicSize size = sizes.get(topic.name());
                writeNumber("partitions", size == null ? null : (long) size.partitions(), json);
                writeNumber("offsets", size == null ? null : size.offsets(), json);
                writeNumber("newest", size == null ? null : size.newest(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void writeNumber(String name, @Nullable Long number, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        if (number == null) {
            json.writeNull();
        } else {
            json.writeNumber(number);
        }
    }

    /** How much one has got since a listing of it was frozen. */
    void newer(Exchange exchange, String[] variables) {
        ListingToken token = NewerQuery.token(variables[0], exchange.query());
        long newer = pages.newer(token);
        send(exchange, Documents.of(json -> {
            json.writeStartObject();
            json.writeNumberField("offsets", newer);
            json.writeEndObject();
        }));
    }

    /** What one is. */
    void one(Exchange exchange, String[] variables) {
        requireNoQuery(exchange);
        if (!TopicNames.isValid(variables[0])) {
            throw new BadRequestException(404, "the path has no topic name");
        }
        TopicDetails topic = pagewalk.topic(variables[0]);
        send(exchange, Documents.of(json -> write(topic, json)));
    }

    private static void write(TopicDetails topic, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("topic", topic.name());
        json.writeStringField("topicId", topic.topicId().toString());
        json.writeBooleanField("internal", topic.internal());
        json.writeArrayFieldStart("partitions");
        for (TopicDetails.Partition partition : topic.partitions()) {
            json.writeStartObject();
            json.writeNumberField("partition", partition.partition());
            json.writeFieldName("leader");
            if (partition.leader() == null) {
                json.writeNull();
            } else {
                json.writeNumber(partition.leader());
            }
            writeBrokers("replicas", partition.replicas(), json);
            writeBrokers("inSyncReplicas", partition.inSyncReplicas(), json);
            json.writeNumberField("logStartOffset", partition.logStartOffset());
            json.writeNumberField("lastStableOffset", partition.lastStableOffset());
            json.writeNumberField("highWatermark", partition.highWatermark());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("configuration");
        Map<String, String> configuration = topic.configuration();
        if (configuration == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            for (Map.Entry<String, String> entry : configuration.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeBrokers(String name, List<Integer> brokers, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (int broker : brokers) {
            json.writeNumber(broker);
        }
        json.writeEndArray();
    }

    private static void send(Exchange exchange, byte[] document) {
        exchange.header("Content-Type", "application/json");
        exchange.header("Cache-Control", "no-store");
        exchange.send(200, document);
    }

    static void requireNoQuery(Exchange exchange) {
        if (exchange.query() != null && !exchange.query().isEmpty()) {
            throw new BadRequestException("there are no parameters here");
        }
    }
}
