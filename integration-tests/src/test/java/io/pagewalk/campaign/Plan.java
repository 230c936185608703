package io.pagewalk.campaign;

import io.pagewalk.it.fixture.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one run of the campaign does; all of it follows from its seed.
 *
 * @param shape the options that shape the output
 * @param attempts those that are disturbed; a last one, which is not, follows
 * @param deletion what befalls the export instead of the attempts, if it is deleted
 */
record Plan(
        long seed,
        Content content,
        Shape shape,
        List<Attempt> attempts,
        Naming naming,
        Strays strays,
        Bounds bounds,
        Optional<Deletion> deletion) {
    private static final int LONGEST_NAME = 249;
    private static final int MOST_IN_TWIN = 2_000;

    String topic() {
        return naming.topic(seed);
    }

    /**
     * How many records there are to one whose value does not fit into the files; 0 if all fit. It is drawn apart from the
     * rest, so that a seed keeps the rest.
     */
    int recordsToOneBad() {
        SplittableRandom random = new SplittableRandom(seed ^ 0xbad);
        boolean possible = !attempts.isEmpty()
                && naming != Naming.TWIN
                && !shape.valueFormat.equals("bytes")
                && random.nextInt(3) == 0;
        return possible ? List.of(5, 50, 500).get(random.nextInt(3)) : 0;
    }

    /** What a runner says of such records. */
    List<String> badRecordOptions(int attempt, int runner) {
        if (recordsToOneBad() == 0) {
            return List.of();
        }
        return failsAtBadRecords(attempt, runner)
                ? List.of("--on-bad-record", "fail")
                : List.of("--on-bad-record", "dead-letter", "--max-bad-records", "100000");
    }

    /** The last attempt, which nothing disturbs, never does. */
    boolean failsAtBadRecords(int attempt, int runner) {
        SplittableRandom random = new SplittableRandom(seed ^ (attempt * 31L + runner));
        return recordsToOneBad() > 0 && attempt <= attempts.size() && random.nextInt(4) == 0;
    }

    /** What it does instead of its attempts, if it is a series. */
    Optional<SeriesPlan> series() {
        return SeriesPlan.of(this);
    }

    /** Of the topic whose name is this one's and {@code -0}. */
    Plan twin() {
        return new Plan(
                seed + 1,
                content.withRecords(Math.min(content.records, MOST_IN_TWIN)),
                shape,
                List.of(),
                Naming.PLAIN,
                strays,
                bounds,
                Optional.empty());
    }

    enum Naming {
        PLAIN("campaign-"),
        UNDERSCORE("_campaign-"),
        // Another word: names that differ in dots and underscores only are too alike for the broker's metrics.
        DOT(".hidden-"),
        LONG("campaign-"),
        /** Another topic, whose name looks like this one's and a partition, is exported into the same output. */
        TWIN("campaign-");

        private final String prefix;

        Naming(String prefix) {
            this.prefix = prefix;
        }

        private String topic(long seed) {
            String name = prefix + seed;
            return this == LONG ? (name + "-" + "long.".repeat(LONGEST_NAME)).substring(0, LONGEST_NAME) : name;
        }
    }

    /**
     * Records with dates that are years away from those of the others.
     *
     * @param oneIn so many records, a row of them begins; 0 if there are none
     * @param longest row, in records
     */
    record Strays(int oneIn, int longest, boolean future, boolean past) {
        static final Strays NONE = new Strays(0, 0, false, false);

        @Override
        public String toString() {
            return oneIn == 0
                    ? ""
                    : ", strays of the " + (future ? past ? "future and past" : "future" : "past") + " 1 in " + oneIn
                            + " up to " + longest;
        }
    }

    /** Bounds by time: of the record of that number, had each partition all of them; -1 if there is none. */
    record Bounds(int from, int to) {
        static final Bounds NONE = new Bounds(-1, -1);

        List<String> options() {
            List<String> options = new ArrayList<>();
            if (from >= 0) {
                options.addAll(
                        List.of("--from", Instant.ofEpochMilli(time(from)).toString()));
            }
            if (to >= 0) {
                options.addAll(List.of("--to", Instant.ofEpochMilli(time(to)).toString()));
            }
            return options;
        }

        static long time(int number) {
            return Records.FIRST_TIMESTAMP + number;
        }

        @Override
        public String toString() {
            return (from < 0 ? "" : ", from record " + from) + (to < 0 ? "" : ", to record " + to);
        }
    }

    /**
     * An export is deleted while a run of it is alive, and started anew.
     *
     * @param entries that its log has by then, 0 if the claim is enough
     * @param old the run that is alive
     * @param wake when it is woken, if it sleeps meanwhile
     * @param growth records that the topic gets before the new export
     * @param shape of the new export
     */
    record Deletion(int entries, Runner old, Wake wake, int growth, Shape shape, Runner next) {
        @Override
        public String toString() {
            return "deleted at " + entries + " entries, the old run "
                    + wake.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ", then " + growth
                    + " records more and page " + shape.pageSize + " file " + shape.fileSize;
        }
    }

    enum Wake {
        NEVER_SLEEPS,
        WAKES_BEFORE_THE_NEW_EXPORT,
        WAKES_DURING_THE_NEW_EXPORT,
        WAKES_AFTER_THE_NEW_EXPORT
    }

    /** What the topic holds; {@code weights} says how the records spread over the partitions. */
    record Content(
            List<Integer> weights,
            int records,
            boolean transactions,
            Compaction compaction,
            Payload key,
            Payload value,
            Payload header) {
        Content withRecords(int count) {
            return new Content(weights, count, transactions, compaction, key, value, header);
        }
    }

    enum Compaction {
        NONE,
        /** Begins at a {@link Kind#COMPACT}, at the latest when the first attempt has ended. */
        LATER,
        ALWAYS
    }

    enum Payload {
        BYTES,
        STRING,
        JSON;

        String format() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Shape(
            String format,
            String compression,
            String direction,
            String isolation,
            String pageSize,
            String fileSize,
            String keyFormat,
            String valueFormat,
            String headerFormat) {
        Shape withSizes(int page, int file) {
            return new Shape(
                    format,
                    compression,
                    direction,
                    isolation,
                    Integer.toString(page),
                    Integer.toString(file),
                    keyFormat,
                    valueFormat,
                    headerFormat);
        }

        List<String> options() {
            return List.of(
                    "--format",
                    format,
                    "--compression",
                    compression,
                    "--direction",
                    direction,
                    "--isolation-level",
                    isolation,
                    "--page-size",
                    pageSize,
                    "--file-size",
                    fileSize,
                    "--key-format",
                    keyFormat,
                    "--value-format",
                    valueFormat,
                    "--header-format",
                    headerFormat);
        }

        @Override
        public String toString() {
            return String.join(" ", format, compression, direction, isolation)
                    + " page " + pageSize + " file " + fileSize + " as " + keyFormat + "/" + valueFormat + "/"
                    + headerFormat;
        }
    }

    /** Runners that are started together, and what befalls them. */
    record Attempt(List<Runner> runners, List<Fault> faults) {
        static final Attempt UNDISTURBED = new Attempt(List.of(Runner.UNDISTURBED), List.of());
    }

    /**
     * @param maxPages 0 if it may go on to the end
     * @param maxRate bytes a second, 0 if it need not be slow
     * @param recordsLosses whether it goes on where records are gone
     */
    record Runner(int delayMillis, int threads, int maxPages, int maxRate, boolean recordsLosses) {
        static final Runner UNDISTURBED = new Runner(0, 2, 0, 0, true);

        List<String> options() {
            List<String> options = new ArrayList<>(List.of(
                    "--threads", Integer.toString(threads), "--on-data-loss", recordsLosses ? "record" : "fail"));
            if (maxPages > 0) {
                options.addAll(List.of("--max-pages", Integer.toString(maxPages)));
            }
            if (maxRate > 0) {
                options.addAll(List.of("--max-rate", maxRate + "B"));
            }
            return options;
        }
    }

    /** @param runner whom it befalls, if it befalls one */
    record Fault(Kind kind, Trigger trigger, int runner, int millis) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " at " + trigger.count + " "
                    + trigger.of.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    enum Kind {
        KILL,
        TERM,
        /** SIGSTOP, and SIGCONT after a while. */
        PAUSE,
        /** SIGSTOP, and SIGCONT when the others have ended. */
        SLEEP,
        BROKER_KILL,
        BROKER_PAUSE,
        DELETE_RECORDS,
        COMPACT
    }

    /** An instant of an attempt: so many milliseconds, log entries or data files after its beginning. */
    record Trigger(Unit of, int count) {}

    enum Unit {
        MILLIS,
        ENTRIES,
        FILES
    }

    static Plan of(long seed) {
        return new Drawing(new SplittableRandom(seed)).plan(seed);
    }

    @Override
    public String toString() {
        String partitions = content.weights.stream().map(String::valueOf).collect(Collectors.joining(":"));
        return content.records + " records over " + partitions
                + (naming == Naming.PLAIN ? "" : ", name " + naming.name().toLowerCase(java.util.Locale.ROOT))
                + strays
                + bounds
                + (recordsToOneBad() == 0 ? "" : ", bad records 1 in " + recordsToOneBad())
                + (content.transactions ? ", transactions" : "")
                + (content.compaction == Compaction.NONE
                        ? ""
                        : ", compaction " + content.compaction.name().toLowerCase(java.util.Locale.ROOT))
                + "; " + shape + "; "
                + series().map(SeriesPlan::toString)
                        .or(() -> deletion.map(Deletion::toString))
                        .orElseGet(() -> attempts.stream()
                                .map(attempt -> attempt.runners.size() + " with " + attempt.faults)
                                .collect(Collectors.joining(", ")));
    }

    private static final class Drawing {
        private final SplittableRandom random;
        private int records;
        /** About so many, if the topic has all its records. */
        private int pages;

        private int files;

        Drawing(SplittableRandom random) {
            this.random = random;
        }

        Plan plan(long seed) {
            Content content = content();
            boolean losing = content.compaction == Compaction.NONE && chance(3);
            Shape shape = shape(content);
            List<Attempt> attempts = attempts(content, losing);
            Naming naming = chance(3) ? pick(Naming.values()) : Naming.PLAIN;
            Strays strays = content.compaction == Compaction.NONE && chance(3) ? strays() : Strays.NONE;
            if (chance(8)) {
                return deleted(seed, content, shape, naming, strays);
            }
            Bounds bounds = chance(strays.oneIn == 0 ? 5 : 2) ? bounds() : Bounds.NONE;
            return new Plan(seed, content, shape, attempts, naming, strays, bounds, Optional.empty());
        }

        private Strays strays() {
            boolean future = random.nextBoolean();
            return new Strays(
                    pick(20, 100, 1_000, Math.max(1, records / 2)),
                    chance(2) ? 1 : random.nextInt(1, 1_000),
                    future,
                    !future || random.nextBoolean());
        }

        private Bounds bounds() {
            int from = random.nextInt(records + 1);
            int to = random.nextInt(from, records + 1);
            return switch (random.nextInt(4)) {
                case 0 -> new Bounds(from, -1);
                case 1 -> new Bounds(-1, to);
                default -> new Bounds(from, to);
            };
        }

        /** Small: a store takes its time for each file. */
        private Plan deleted(long seed, Content content, Shape shape, Naming naming, Strays strays) {
            records = random.nextInt(300, 3_000);
            int fileSize = records / random.nextInt(5, 40);
            int pageSize = fileSize * random.nextInt(1, 6);
            Shape first = shape.withSizes(pageSize, fileSize);
            boolean same = chance(3);
            int nextFile = Math.max(1, fileSize * random.nextInt(1, 20) / 8);
            Shape next = same ? first : first.withSizes(nextFile * random.nextInt(1, 6), nextFile);
            Content small = new Content(
                    content.weights,
                    records,
                    content.transactions,
                    Compaction.NONE,
                    content.key,
                    content.value,
                    content.header);
            Deletion deletion = new Deletion(
                    random.nextInt(Math.min(6, records / pageSize + 2)),
                    new Runner(0, random.nextInt(1, 7), 0, 2_000 + records * random.nextInt(10, 40), true),
                    pick(Wake.values()),
                    chance(2) ? 0 : random.nextInt(1, records),
                    next,
                    new Runner(0, random.nextInt(1, 7), 0, chance(2) ? 0 : 20_000 + records * 30, true));
            // The server keeps objects in files, and has no room left for its own suffixes in the longest names.
            Naming possible = naming == Naming.LONG || naming == Naming.TWIN ? Naming.PLAIN : naming;
            return new Plan(seed, small, first, List.of(), possible, strays, Bounds.NONE, Optional.of(deletion));
        }

        private Content content() {
            int partitions = random.nextInt(1, 13);
            List<Integer> weights = IntStream.range(0, partitions)
                    .mapToObj(i -> chance(4) ? 0 : chance(4) ? 30 : random.nextInt(1, 6))
                    .toList();
            records = chance(3) ? random.nextInt(1, 500) : random.nextInt(500, 20_000);
            Compaction compaction = chance(4) ? pick(Compaction.LATER, Compaction.ALWAYS) : Compaction.NONE;
            return new Content(
                    weights,
                    records,
                    chance(3),
                    compaction,
                    pick(Payload.values()),
                    pick(Payload.values()),
                    pick(Payload.values()));
        }

        private Shape shape(Content content) {
            boolean parquet = random.nextBoolean();
            int pageSize = Math.max(1, records / random.nextInt(1, 40));
            int fileSize = Math.max(Math.max(1, records / 200), pageSize / random.nextInt(1, 10));
            pages = records / pageSize;
            files = records / fileSize;
            boolean inBytes = chance(5);
            return new Shape(
                    parquet ? "parquet" : "jsonl",
                    parquet ? pick("zstd", "snappy", "gzip", "lz4_raw", "none") : pick("zstd", "gzip", "none"),
                    pick("asc", "desc"),
                    chance(4) ? "read_uncommitted" : "read_committed",
                    inBytes ? pageSize * 60L + 500 + "B" : Integer.toString(pageSize),
                    inBytes ? fileSize * 60L + 500 + "B" : Integer.toString(fileSize),
                    format(content.key),
                    format(content.value),
                    format(content.header));
        }

        /** JSON is text, too, and everything is bytes. */
        private String format(Payload payload) {
            List<Payload> possible = List.copyOf(EnumSet.range(Payload.BYTES, payload));
            return (random.nextBoolean() ? payload : possible.get(random.nextInt(possible.size()))).format();
        }

        private List<Attempt> attempts(Content content, boolean losing) {
            List<Attempt> attempts = new ArrayList<>();
            int count = random.nextInt(1, 4);
            int brokerFault = chance(6) ? random.nextInt(count) : -1;
            int deletion = losing ? random.nextInt(count) : -1;
            for (int i = 0; i < count; i++) {
                List<Runner> runners = new ArrayList<>(List.of(runner(0)));
                List<Fault> faults = new ArrayList<>();
                if (chance(3)) {
                    int rivals = random.nextInt(1, 3);
                    for (int rival = 0; rival < rivals; rival++) {
                        runners.add(runner(random.nextBoolean() ? 0 : random.nextInt(400)));
                    }
                    if (random.nextBoolean()) {
                        faults.add(fault(Kind.SLEEP, 0));
                    }
                }
                for (int runner = 0; runner < runners.size(); runner++) {
                    if (chance(4)) {
                        faults.add(fault(Kind.PAUSE, runner));
                    }
                    // Mostly, because an attempt that reaches the end is the last.
                    if (i == brokerFault ? chance(3) : !chance(6)) {
                        faults.add(fault(chance(5) ? Kind.TERM : Kind.KILL, runner));
                    }
                }
                if (i == brokerFault) {
                    faults.add(fault(chance(3) ? Kind.BROKER_PAUSE : Kind.BROKER_KILL, -1));
                }
                if (i == deletion) {
                    faults.add(fault(Kind.DELETE_RECORDS, -1));
                }
                if (i == 0 && content.compaction == Compaction.LATER) {
                    faults.add(fault(Kind.COMPACT, -1));
                }
                attempts.add(new Attempt(runners, faults));
            }
            return attempts;
        }

        private Runner runner(int delayMillis) {
            int maxPages = chance(8) ? random.nextInt(1, 10) : 0;
            // Some seconds for all of it, so that faults strike in the middle of a slice.
            int maxRate = chance(4) ? 20_000 + records * random.nextInt(20, 60) : 0;
            return new Runner(delayMillis, random.nextInt(1, 7), maxPages, maxRate, !chance(4));
        }

        private Fault fault(Kind kind, int runner) {
            Trigger trigger = switch (pick(Unit.values())) {
                case MILLIS -> new Trigger(Unit.MILLIS, random.nextInt(900));
                case ENTRIES -> new Trigger(Unit.ENTRIES, random.nextInt(1, Math.min(10, pages + 1) + 1));
                case FILES -> new Trigger(Unit.FILES, random.nextInt(1, Math.min(40, files) + 1));
            };
            return new Fault(kind, trigger, runner, random.nextInt(20, 1000));
        }

        private boolean chance(int oneIn) {
            return random.nextInt(oneIn) == 0;
        }

        @SafeVarargs
        private <T> T pick(T... values) {
            return values[random.nextInt(values.length)];
        }
    }
}
