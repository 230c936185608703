package io.pagewalk.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.console.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in what a command is given, it ends with an exit code of its own and at most one line, and touches
 * nothing outside of the output. With {@code -Dpagewalk.fuzz.seconds=600}, each test goes on for so long.
 */
class HostileInputTest {
    private static final Duration LIMIT =
            Duration.ofMillis((long) (1000 * Double.parseDouble(System.getProperty("pagewalk.fuzz.seconds", "1.5"))));
    private static final long FIRST_SEED = Long.getLong("pagewalk.fuzz.seed", 0);
    private static final String[] PIECES = {
        "../",
        "/etc/passwd",
        "\u0000",
        "\u001b[31m",
        "\n",
        "\r\n",
        "99999999999999999999999",
        "-1",
        "1e999999999",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        "\\u0000",
        "%00",
        "${env:PATH}",
        "${",
        "\ud800",
        "null",
        "=",
        ":",
        ",",
        " ",
        "~",
        "file:",
        "s3://u:p@h/"
    };

    @TempDir
    private Path dir;

    private Path output;
    private Path log;
    private Path claim;

    @BeforeEach
    void export() throws IOException {
        output = Files.createDirectory(dir.resolve("out"));
        Exports exports = new Exports(output);
        exports.start("orders", "orders", null);
        exports.complete("orders", null);
        log = output.resolve("_pagewalk/orders/1/1");
        claim = output.resolve("_pagewalk/topic=orders/claim-1.json");
    }

    @Test
    void standsCheckpointsWithAndWithoutTheirChecksum() throws IOException {
        Path entry = log.resolve("00000000000000000000.json");
        byte[] sound = Files.readAllBytes(entry);
        fuzz(random -> {
            byte[] mutated = mutated(random, sound);
            Files.write(entry, random.nextBoolean() ? mutated : sealed(mutated));
            run(random.nextBoolean() ? look(random, "--json") : export(output, "--topic", "orders"));
        });
    }

    @Test
    void standsClaims() throws IOException {
        byte[] sound = Files.readAllBytes(claim);
        fuzz(random -> {
            Files.write(claim, mutated(random, sound));
            run(
                    random.nextBoolean()
                            ? look(random, random.nextBoolean() ? "--json" : "--export-id=orders")
                            : export(output, "--topic", "orders"));
        });
    }

    @Test
    void readsNoLogOutsideOfWhereAClaimMaySendIt() throws IOException {
        for (String export : new String[] {"../orders", "/orders", "..", "", "a/b", "orders\\u0000"}) {
            Files.writeString(
                    claim,
                    "{\"pagewalk\":1,\"topic\":\"orders\",\"generation\":1,\"export\":\"" + export
                            + "\",\"checkpoints\":\"\"}");

            assertThat(run("status", "--output", output.toString())).as(export).contains("what it names is no export");
        }
        for (String place : new String[] {"\\u0000", "ftp://host/x", "s3a://key:secret@bucket/x", "kafka:a/b", "~/x"}) {
            Files.writeString(
                    claim,
                    "{\"pagewalk\":1,\"topic\":\"orders\",\"generation\":1,\"export\":\"orders\",\"checkpoints\":\""
                            + place + "\"}");

            assertThat(run("status", "--output", output.toString()))
                    .as(place)
                    .contains("the claim of export orders", "; restore it, or remove the export with delete");
        }
    }

    @Test
    void letsNoCheckpointSteerATerminal() throws IOException {
        Path last = log.resolve("00000000000000000001.json");
        String forged = Files.readString(last).replace("\"host\":\"host\"", "\"host\":\"\\u001b[2J\\u009b31m\\nevil\"");
        Files.write(last, sealed(forged.getBytes(UTF_8)));

        assertThat(run("status", "--output", output.toString())).contains("evil");
    }

    @Test
    void standsEntriesOfMegabytes() throws IOException {
        int size = 4_000_000;
        String sound = Files.readString(log.resolve("00000000000000000000.json"));
        for (String member : new String[] {
            "[".repeat(size),
            "[" + "[],".repeat(size / 3) + "[]]",
            "{\"a\":".repeat(size / 5),
            "9".repeat(size),
            "1e" + "9".repeat(size),
            "\"" + "x".repeat(size) + "\"",
        }) {
            String json = sound.replace("\"extent\":{", "\"huge\":" + member + ",\"extent\":{");
            Files.write(log.resolve("00000000000000000000.json"), sealed(json.getBytes(UTF_8)));

            run("status", "--output", output.toString());
        }
    }

    @Test
    void standsTokens() {
        byte[] sound = Tokens.token("orders").encode().getBytes(UTF_8);
        fuzz(random -> run("token", "--", new String(mutated(random, sound), ISO_8859_1)));
    }

    @Test
    void standsConfigurationFiles() throws IOException {
        byte[] options = "topic=orders\npage-size=10\nformat=jsonl\nprogress=none\nfrom=2026-01-01\n".getBytes(UTF_8);
        byte[] client =
                "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nclient.id=\\u0041\nssl.keystore.type=PEM\n"
                        .getBytes(UTF_8);
        Path file = dir.resolve("file.properties");
        fuzz(random -> {
            boolean ours = random.nextBoolean();
            Files.write(file, mutated(random, ours ? options : client));
            String option = ours ? "--config" : "--command-config";
            run(export(dir.resolve("new"), "--topic", "orders", option, file.toString()));
        });
    }

    @Test
    void standsOptions() {
        String[] options = {
            "--topic",
            "--from",
            "--to",
            "--partitions",
            "--direction",
            "--isolation-level",
            "--page-size",
            "--file-size",
            "--format",
            "--compression",
            "--key-format",
            "--value-format",
            "--header-format",
            "--export-id",
            "--threads",
            "--max-pages",
            "--max-duration",
            "--retry-timeout",
            "--progress",
            "--command-property",
            "--checkpoints",
            "--report",
            "--config"
        };
        String[] values = {"orders", "2026-01-01T00:00:00Z", "offset:5", "0,3-5", "1GiB", "30s", "jsonl", "a=b", "7"};
        fuzz(random -> {
            List<String> arguments = new ArrayList<>(List.of(export(dir.resolve("new"), "--topic", "orders")));
            for (int i = random.nextInt(3); i >= 0; i--) {
                byte[] value = values[random.nextInt(values.length)].getBytes(UTF_8);
                String text = new String(mutated(random, value), UTF_8);
                String option = options[random.nextInt(options.length)];
                // What is written where the option says is no fault.
                boolean writes = option.equals("--checkpoints") || option.equals("--report");
                arguments.add(option);
                arguments.add(writes && !text.contains(":") ? dir.resolve("new") + "/x" : text);
            }
            run(arguments.toArray(String[]::new));
        });
    }

    /** Nothing listens there, so what gets past all checks ends soon. */
    private static String[] export(Path output, String... more) {
        return Stream.of(
                        new String[] {"export", "--bootstrap-server", "127.0.0.1:1", "--output", output.toString()},
                        new String[] {"--retry-timeout", "1ms"},
                        more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
    }

    private interface Attempt {
        void with(Random random) throws IOException;
    }

    private void fuzz(Attempt attempt) {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (long seed = FIRST_SEED; seed == FIRST_SEED || System.nanoTime() < end; seed++) {
            try {
                attempt.with(new Random(seed * 0x9E3779B97F4A7C15L));
                try (Stream<Path> names = Files.list(dir)) {
                    assertThat(names.map(name -> name.getFileName().toString()))
                            .isSubsetOf("out", "new", "file.properties");
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("-Dpagewalk.fuzz.seed=" + seed, e);
            }
        }
    }

    /** A command that only reads. */
    private String[] look(Random random, String option) {
        return new String[] {random.nextBoolean() ? "status" : "verify", "--output", output.toString(), option};
    }

    private static String run(String... arguments) {
        Terminals terminals = new Terminals();
        int code = terminals.run(arguments);
        String said = terminals.out() + terminals.err();
        String what = code + " of " + Arrays.toString(arguments);
        assertThat(code).as("%s: %s", what, said).isIn(0, 1, 2, 3, 4, 5, 6, 7, 9);
        assertThat(said).as(what).hasSizeLessThan(20_000).doesNotContain("\tat ", "Exception", "unexpected ");
        assertThat(said.replace("\n", "")).as(what).doesNotContainPattern("\\p{Cc}");
        assertThat(terminals.err().lines().filter(HostileInputTest::isError))
                .as("%s: %s", what, said)
                .hasSize(code == 0 || code == 3 || code == 9 ? 0 : 1);
        return said;
    }

    private static boolean isError(String line) {
        return line.startsWith("pagewalk: ") && !line.startsWith("pagewalk: warning: ");
    }

    private static byte[] mutated(Random random, byte[] sound) {
        // Every byte is a character of its own here, so that any byte can come out.
        StringBuilder text = new StringBuilder(new String(sound, ISO_8859_1));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + 1 + random.nextInt(8));
            String piece = new String(PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8), ISO_8859_1);
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, piece);
                case 2 -> text.replace(at, to, piece);
                case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, to));
                case 4 -> text.insert(at, (char) random.nextInt(256));
                default -> text.setLength(random.nextInt(8) == 0 ? at : text.length());
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    /** An entry with a checksum that fits, by the rule in docs/output.md. */
    private static byte[] sealed(byte[] entry) {
        String text = new String(entry, ISO_8859_1);
        int seal = text.lastIndexOf(",\"checksum\":\"");
        byte[] content = text.substring(0, Math.max(0, seal)).getBytes(ISO_8859_1);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            String end = ",\"checksum\":\"sha256:" + HexFormat.of().formatHex(digest) + "\"}\n";
            return (new String(content, ISO_8859_1) + end).getBytes(ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
