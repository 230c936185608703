package io.pagewalk.internal.http.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.PayloadDecoder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records that meet all of some conditions. */
final class Filters implements RecordFilter {
    private final List<Condition> conditions;
    private final long digest;
    private final Supplier<PayloadDecoder> decoders;
    private @Nullable PayloadDecoder decoder;

    private Filters(List<Condition> conditions, long digest, Supplier<PayloadDecoder> decoders) {
        this.conditions = conditions;
        this.digest = digest;
        this.decoders = decoders;
    }

    /**
     * The filter that a request has; {@link RecordFilter#ALL} if it has none.
     *
     * @param formats what payloads are taken for
     * @param decoders read those that have schemas
     * @param patience how long schemas are waited for
     * @throws BadRequestException if one is malformed
     */
    static RecordFilter of(Parameters parameters, PayloadChoices formats, Decoders decoders, Duration patience) {
        SortedMap<String, String> texts = new TreeMap<>();
        List<Condition> conditions = new ArrayList<>();
        for (String name : List.of("key", "key_prefix", "contains")) {
            String text = parameters.get(name);
            if (text != null) {
                texts.put(name, text);
                conditions.add(
                        switch (name) {
                            case "key" -> Condition.key(text);
                            case "key_prefix" -> Condition.keyPrefix(text);
                            default -> Condition.contains(text);
                        });
            }
        }
        parameters.startingWith("header.").forEach((name, text) -> {
            texts.put("header." + name, text);
            conditions.add(Condition.header(name, text));
        });
        parameters.startingWith("json.").forEach((pointer, text) -> {
            texts.put("json." + pointer, text);
            conditions.add(Condition.json(pointer, text));
        });
        if (conditions.isEmpty()) {
            return RecordFilter.ALL;
        }
        // The same texts find other records where payloads are read otherwise.
        addIfRead(texts, "key format", formats.key(), decoders);
        addIfRead(texts, "value format", formats.value(), decoders);
        return new Filters(
                List.copyOf(conditions), digest(texts), () -> decoders.decoder(formats, patience, Long.MAX_VALUE));
    }

    private static void addIfRead(Map<String, String> texts, String name, PayloadChoice format, Decoders decoders) {
        if (decoders.mayRead(format)) {
            texts.put(name, format.toString());
        }
    }

    /** Over names and texts with their lengths, so that no two filters have the same bytes. */
    private static long digest(Map<String, String> texts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            texts.forEach((name, text) -> {
                for (String part : List.of(name, text)) {
                    byte[] bytes = part.getBytes(UTF_8);
                    sha.update(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(bytes.length)
                            .array());
                    sha.update(bytes);
                }
            });
            long digest = ByteBuffer.wrap(sha.digest()).getLong();
            return digest == 0 ? 1 : digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized boolean matches(RecordView record) {
        if (decoder == null) {
            decoder = decoders.get();
        }
        FilteredRecord filtered = new FilteredRecord(record, decoder);
        for (Condition condition : conditions) {
            if (!condition.matches(filtered)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long digest() {
        return digest;
    }
}
