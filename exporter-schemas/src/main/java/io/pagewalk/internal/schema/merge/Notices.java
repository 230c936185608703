package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.merge.MergedNode.At;
import io.pagewalk.internal.schema.merge.TableNotice.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects what is to be said of a table. */
final class Notices {
    private final List<TableNotice> notices = new ArrayList<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<String> labels;

    /** @param labels those of the versions, by their numbers */
    Notices(List<String> labels) {
        this.labels = labels;
    }

    void add(Kind kind, String path, String text) {
        notices.add(new TableNotice(kind, path, text));
    }

    /** Values of these versions do not fit. */
    void conflict(String path, List<At> versions) {
        if (!versions.isEmpty()) {
            String named = versions.stream().map(at -> label(at.version())).collect(Collectors.joining(", "));
            add(Kind.CONFLICT, path, "has a type that values of " + named + " may not fit: such records are bad");
        }
    }

    /** It came with a version that is not the first. */
    void origin(String path, int version) {
        origins.put(path, label(version));
    }

    String label(int version) {
        return labels.get(version);
    }

    /** Which version brought a path: that of the longest one on the way to it, else the first of all. */
    String originOf(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            String origin = origins.get(String.join(".", path.subList(0, length)));
            if (origin != null) {
                return origin;
            }
        }
        return label(0);
    }

    List<TableNotice> all() {
        return List.copyOf(notices);
    }
}
