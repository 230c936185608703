package io.pagewalk.internal.claim;

import io.pagewalk.internal.log.LogName;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.TopicFacts.KeptGroups;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of what consumer groups had committed when a run was frozen. Each is there before the run's first entry names it, by
 * its checksum; its name has a part of that, so that two that would begin the same run do not meet.
 */
public final class GroupsFile {
    private static final int VERSION = 1;
    private static final String ALGORITHM = "sha256:";
    private static final int DIGITS_IN_NAME = 16;
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})-[0-9a-f]{16}\\.json");

    private GroupsFile() {}

    /** Publishes the file of a run. */
    public static KeptGroups publish(Storage output, LogName log, int run, CommittedOffsets offsets)
            throws IOException {
        byte[] content = SmallJson.encode(VERSION, json -> {
            json.writeStringField("topic", offsets.topic());
            json.writeStringField("at", offsets.at().toString());
            json.writeBooleanField("complete", offsets.complete());
            json.writeArrayFieldStart("groups");
            for (Map.Entry<String, SortedMap<Integer, Long>> group :
                    offsets.groups().entrySet()) {
                json.writeStartObject();
                json.writeStringField("group", group.getKey());
                json.writeArrayFieldStart("offsets");
                for (Map.Entry<Integer, Long> offset : group.getValue().entrySet()) {
                    json.writeArray(new long[] {offset.getKey(), offset.getValue()}, 0, 2);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        String digest = sha256(content);
        String name = OutputLayout.groups(log) + "/" + run + "-" + digest.substring(0, DIGITS_IN_NAME) + ".json";
        WriteOnce.publish(output, name, content);
        return new KeptGroups(name, ALGORITHM + digest, offsets.groups().size());
    }

    /** What is wrong with a file that a first entry names; null if it is as it was published. */
    public static @Nullable String problem(Storage output, KeptGroups kept) throws IOException {
        try (SeekableByteChannel channel = output.open(kept.file());
                InputStream in = Channels.newInputStream(channel)) {
            String checksum = ALGORITHM + sha256(in.readAllBytes());
            return checksum.equals(kept.checksum())
                    ? null
                    : "its checksum is " + checksum + " instead of " + kept.checksum();
        } catch (NoSuchFileException e) {
            return "missing";
        }
    }

    /** Removes those of the runs up to one, also those that no entry has come to name. */
    public static void removeUpTo(Storage output, LogName log, int run) throws IOException {
        String folder = OutputLayout.groups(log);
        List<String> names = new ArrayList<>();
        output.names(folder, name -> {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= run) {
                names.add(name);
            }
        });
        for (String name : names) {
            output.delete(folder + "/" + name);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
