package io.pagewalk.campaign;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one run of the campaign does; all of it follows from its seed.
 *
 * @param shape the options that shape the output
 * @param attempts those that are disturbed; a last one, which is not, follows
 */
record Plan(long seed, Content content, Shape shape, List<Attempt> attempts) {
    /** What the topic holds; {@code weights} says how the records spread over the partitions. */
    record Content(
            List<Integer> weights,
            int records,
            boolean transactions,
            Compaction compaction,
            Payload key,
            Payload value,
            Payload header) {}

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
        static final Attempt UNDISTURBED = new Attempt(List.of(new Runner(0, 2, 0, 0, true)), List.of());
    }

    /**
     * @param maxPages 0 if it may go on to the end
     * @param maxRate bytes a second, 0 if it need not be slow
     * @param recordsLosses whether it goes on where records are gone
     */
    record Runner(int delayMillis, int threads, int maxPages, int maxRate, boolean recordsLosses) {
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
                + (content.transactions ? ", transactions" : "")
                + (content.compaction == Compaction.NONE
                        ? ""
                        : ", compaction " + content.compaction.name().toLowerCase(java.util.Locale.ROOT))
                + "; " + shape + "; "
                + attempts.stream()
                        .map(attempt -> attempt.runners.size() + " with " + attempt.faults)
                        .collect(Collectors.joining(", "));
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
            return new Plan(seed, content, shape(content), attempts(content, losing));
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
