package io.pagewalk.internal.claim;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which table follows an export: files beside its log, numbered from 1, each published once. The last one holds: it names a table, or
 * says that none follows any more. It shapes no data file, so it is in no entry of the log.
 */
public final class FollowRecords {
    private static final int VERSION = 1;
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})\\.json");
    private static final Set<String> MEMBERS = Set.of("format", "table", "uuid", "series");

    private final Storage output;
    private final LogName log;
    private final String topic;

    /**
     * A table that follows.
     *
     * @param format the table format
     * @param table its name in its catalog
     * @param uuid which table of that name
     * @param series the name by which the table knows the export
     */
    public record Following(String format, String table, String uuid, String series) {}

    /** @param output that of the export */
    public FollowRecords(Storage output, LogName log, String topic) {
        this.output = output;
        this.log = log;
        this.topic = topic;
    }

    /**
     * The table that follows; empty if none does.
     *
     * @throws io.pagewalk.error.UsageException if the record is damaged, or newer than this program
     */
    public Optional<Following> current() throws IOException {
        int last = last();
        return last == 0 ? Optional.empty() : read(last);
    }

    private Optional<Following> read(int number) throws IOException {
        String name = name(number);
        String place = output.location() + "/" + name;
        JsonNode object = SmallJson.read(output, name, topic, VERSION, MEMBERS);
        if (object.path("format").isNull()) {
            return Optional.empty();
        }
        return Optional.of(new Following(
                SmallJson.text(object, "format", place),
                SmallJson.text(object, "table", place),
                SmallJson.text(object, "uuid", place),
                SmallJson.text(object, "series", place)));
    }

    /**
     * Puts on record that a table follows, where none does.
     *
     * @return whether it was; not, if somebody else was faster, so that it has to be looked at again
     */
    public boolean follow(Following table) throws IOException {
        return publish(table.format, table.table, table.uuid, table.series);
    }

    /** Puts on record that the table follows no more; returned is the same. */
    public boolean detach() throws IOException {
        return publish(null, null, null, null);
    }

    private boolean publish(
            @Nullable String format, @Nullable String table, @Nullable String uuid, @Nullable String series)
            throws IOException {
        return SmallJson.publish(output, name(last() + 1), VERSION, json -> {
            json.writeStringField("topic", topic);
            json.writeStringField("format", format);
            json.writeStringField("table", table);
            json.writeStringField("uuid", uuid);
            json.writeStringField("series", series);
        });
    }

    private String name(int number) {
        return OutputLayout.tables(log) + "/" + number + ".json";
    }

    private int last() throws IOException {
        return numbers(output, log).stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static List<Integer> numbers(Storage output, LogName log) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        output.names(OutputLayout.tables(log), name -> {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                numbers.add(Integer.parseInt(matcher.group(1)));
            }
        });
        return numbers;
    }

    /** Removes all of an export that is deleted. */
    public static void removeAll(Storage output, LogName log) throws IOException {
        for (int number : numbers(output, log)) {
            output.delete(OutputLayout.tables(log) + "/" + number + ".json");
        }
    }
}
