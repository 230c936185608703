package io.pagewalk.internal.http.query;

import io.pagewalk.internal.http.query.ListingQuery.Format;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses what an answer is written in: what the request says, or else what its {@code Accept} prefers (RFC 9110, 12.5.1). */
final class Accepted {
    /** What is chosen among equals comes first. */
    private static final List<Format> FORMATS = List.of(Format.values());

    private static final Pattern WEIGHT =
            Pattern.compile(";\\s*q=((?:0(?:\\.[0-9]{0,3})?)|(?:1(?:\\.0{0,3})?))(?:\\s|;|$)");

    private record Range(String type, String subtype, double weight) {
        /** How closely it says what it means, or -1 if it does not mean that. */
        int closeness(String typeAndSubtype) {
            int slash = typeAndSubtype.indexOf('/');
            if (type.equals("*")) {
                return 0;
            } else if (!type.equals(typeAndSubtype.substring(0, slash))) {
                return -1;
            } else if (subtype.equals("*")) {
                return 1;
            }
            return subtype.equals(typeAndSubtype.substring(slash + 1)) ? 2 : -1;
        }
    }

    private Accepted() {}

    /**
     * The format of the answer.
     *
     * @param named what the parameter says, or null
     * @param all whether it cannot be one document
     * @throws BadRequestException 400 if there is none of that name, 406 if none is accepted
     */
    static Format format(@Nullable String named, List<String> accept, boolean all) {
        if (named != null) {
            return FORMATS.stream()
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(named))
                    .findFirst()
                    .orElseThrow(() -> new BadRequestException(
                            "format " + Parameters.shown(named) + " is none of json, ndjson, jsonl, csv"));
        }
        List<Range> ranges = ranges(accept);
        if (ranges.isEmpty()) {
            return all ? Format.NDJSON : Format.JSON;
        }
        return FORMATS.stream()
                .filter(format -> !all || format.isStream())
                .filter(format -> weight(format, ranges) > 0)
                .max(Comparator.comparingDouble((Format format) -> weight(format, ranges))
                        .thenComparing(Comparator.comparing(FORMATS::indexOf).reversed()))
                .orElseThrow(() -> new BadRequestException(
                        406,
                        "records come as application/x-ndjson, application/jsonl or text/csv"
                                + (all ? "" : ", or as application/json") + "; none of these is accepted"));
    }

    private static double weight(Format format, List<Range> ranges) {
        String type = format.type().replaceAll(";.*", "");
        int closest = -1;
        double weight = 0;
        for (Range range : ranges) {
            int closeness = range.closeness(type);
            if (closeness > closest) {
                closest = closeness;
                weight = range.weight();
            }
        }
        return weight;
    }

    private static List<Range> ranges(List<String> accept) {
        List<Range> ranges = new ArrayList<>();
        for (String header : accept) {
            for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String type = part.replaceAll(";.*", "").strip();
                int slash = type.indexOf('/');
                if (slash > 0) {
                    ranges.add(new Range(type.substring(0, slash), type.substring(slash + 1), weight(part)));
                }
            }
        }
        return ranges;
    }

    private static double weight(String part) {
        Matcher q = WEIGHT.matcher(part);
        return q.find() ? Double.parseDouble(q.group(1)) : 1;
    }
}
