package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.macro.measure.Job;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** kcat, where it is installed. */
public final class Kcat implements Contender {
    private static final Pattern VERSION = Pattern.compile("Version (\\S+) .*(librdkafka \\S+)");

    private final @Nullable String version = findVersion();

    /** Its version and its library's, or null if it is not installed. */
    public @Nullable String version() {
        return version;
    }

    @Override
    public String does() {
        return "`kcat -C -J -e`: one file of JSON lines with topic, partition, offset, timestamp, key and the value as an"
                + " escaped string; uncompressed; values are not looked at; no resume, no fsync.";
    }

    @Override
    public @Nullable String missing() {
        return version == null ? "kcat is not installed" : null;
    }

    @Override
    public Job job(Copy copy) {
        List<String> command = List.of(
                "kcat",
                "-C",
                "-J",
                "-e",
                "-q",
                "-b",
                copy.servers(),
                "-t",
                copy.topic().name(),
                "-o",
                "beginning");
        return new Job(command, Map.of(), copy.output().resolve("records.json"), null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.lines(copy.output(), "records.json"));
    }

    private static @Nullable String findVersion() {
        try {
            Process process =
                    new ProcessBuilder("kcat", "-V").redirectErrorStream(true).start();
            process.getOutputStream().close();
            Matcher matcher =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return matcher.find() ? matcher.group(1) + ", " + matcher.group(2) : "unknown";
        } catch (IOException e) {
            return null;
        }
    }
}
