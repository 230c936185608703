package io.pagewalk.internal.http.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.listing.RecordFilter;
import io.pagewalk.record.RecordView;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records that meet all of some conditions. */
final class Filters implements RecordFilter {
    private final List<Condition> conditions;
    private final long digest;

    private Filters(List<Condition> conditions, long digest) {
        this.conditions = conditions;
        this.digest = digest;
    }

    /**
     * The filter that a request has; {@link RecordFilter#ALL} if it has none.
     *
     * @throws BadRequestException if one is malformed
     */
    static RecordFilter of(Parameters parameters) {
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
        return conditions.isEmpty() ? RecordFilter.ALL : new Filters(List.copyOf(conditions), digest(texts));
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
    public boolean matches(RecordView record) {
        for (Condition condition : conditions) {
            if (!condition.matches(record)) {
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
