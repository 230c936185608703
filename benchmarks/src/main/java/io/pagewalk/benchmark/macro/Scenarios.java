package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.Shape;
import io.pagewalk.benchmark.macro.contender.Contenders;
import io.pagewalk.benchmark.macro.kafka.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All scenarios. */
final class Scenarios {
    /** Files that are the same whether ten pages or one are made of them: one file a partition and page. */
    private static final int PAGES = 10;

    private static final int TINY = 1000;

    /** As long as the goals ask for, if the main topic is: 12 million records. */
    private static final int LONGER = 4;

    private static final long LARGE = 10_000_000;

    private static final long S3_RECORDS = 1_000_000;

    private static final Set<String> LENGTHS = Set.of("compare", "small", "long");

    private final Contenders contenders;
    private final Contenders before;
    private final TopicOptions options;
    private final long records;
    private final int partitions;
    private final int rounds;

    /** @param before those of another build, for the scenario that compares the two */
    Scenarios(Contenders contenders, Contenders before, TopicOptions options, int rounds) {
        this.contenders = contenders;
        this.before = before;
        this.options = options;
        this.records = options.records();
        this.partitions = options.partitions;
        this.rounds = rounds;
    }

    List<Scenario> all() {
        return List.of(
                compare(), small(), longer(), single(), pages(), shapes(), s3(), spark(), memory(), start(), topics(),
                typed(), table(), change());
    }

    /**
     * In which order they run, and which of them a round at a time: those that differ only in length, so that what a record
     * costs can be told from two runs of the same round.
     */
    static List<List<Scenario>> sideBySide(List<Scenario> scenarios) {
        List<Scenario> lengths = scenarios.stream()
                .filter(scenario -> LENGTHS.contains(scenario.name()))
                .toList();
        List<List<Scenario>> order = new ArrayList<>();
        if (!lengths.isEmpty()) {
            order.add(lengths);
        }
        scenarios.stream()
                .filter(scenario -> !lengths.contains(scenario))
                .map(List::of)
                .forEach(order::add);
        return order;
    }

    private Scenario compare() {
        Topic topic = options.topic();
        return new Scenario(
                "compare",
                "Copying a whole topic",
                List.of(
                        new Entrant("bare", contenders.bare(), topic, "bare"),
                        new Entrant("pagewalk-jsonl", contenders.jsonl(), topic, "bare"),
                        new Entrant("pagewalk-jsonl-zstd", contenders.jsonlZstd(), topic, "bare"),
                        new Entrant("pagewalk-parquet", contenders.parquet(), topic, "bare"),
                        new Entrant("kcat", contenders.kcat(), topic, "bare"),
                        new Entrant("connect", contenders.connect(), topic, "bare"),
                        new Entrant("console", contenders.console(), topic, "bare"),
                        new Entrant("spark", contenders.spark(), topic, "bare")),
                rounds);
    }

    private Scenario change() {
        Topic topic = options.topic();
        return new Scenario(
                "change",
                "Two builds of Pagewalk, in turn",
                List.of(
                        new Entrant("jsonl-before", before.jsonl(), topic, "jsonl-before"),
                        new Entrant("jsonl", contenders.jsonl(), topic, "jsonl-before"),
                        new Entrant("parquet-before", before.parquet(), topic, "parquet-before"),
                        new Entrant("parquet", contenders.parquet(), topic, "parquet-before")),
                rounds);
    }

    private Scenario small() {
        Topic topic = topic(records / 10, partitions);
        return new Scenario(
                "small",
                "A tenth of the records, where the start of a JVM weighs more",
                List.of(
                        new Entrant("bare", contenders.bare(), topic, "kcat"),
                        new Entrant("pagewalk-jsonl", contenders.jsonl(), topic, "kcat"),
                        new Entrant("pagewalk-jsonl-zstd", contenders.jsonlZstd(), topic, "kcat"),
                        new Entrant("pagewalk-parquet", contenders.parquet(), topic, "kcat"),
                        new Entrant("kcat", contenders.kcat(), topic, "kcat")),
                rounds);
    }

    private Scenario longer() {
        Topic topic = topic(LONGER * records, partitions);
        return new Scenario(
                "long",
                "Four times the records, where the start weighs less",
                List.of(
                        new Entrant("bare", contenders.bare(), topic, "bare"),
                        new Entrant("pagewalk-jsonl", contenders.jsonl(), topic, "bare"),
                        new Entrant("pagewalk-jsonl-zstd", contenders.jsonlZstd(), topic, "bare"),
                        new Entrant("pagewalk-parquet", contenders.parquet(), topic, "bare"),
                        new Entrant("kcat", contenders.kcat(), topic, "bare")),
                rounds);
    }

    private Scenario shapes() {
        List<Entrant> entrants = new ArrayList<>();
        for (Shape shape : List.of(Shape.PLAIN, Shape.ODD)) {
            Topic topic = new Topic(shape, records, partitions);
            String bare = shape.label() + "-bare";
            entrants.add(new Entrant(bare, contenders.bare(), topic, bare));
            entrants.add(new Entrant(shape.label() + "-jsonl", contenders.jsonl(), topic, bare));
            entrants.add(new Entrant(shape.label() + "-parquet", contenders.parquet(), topic, bare));
        }
        return new Scenario("shapes", "Records that are easy on everyone, and odd ones", entrants, rounds);
    }

    private Scenario typed() {
        Topic avro = new Topic(Shape.AVRO, records, partitions);
        Topic protobuf = new Topic(Shape.PROTOBUF, records, partitions);
        return new Scenario(
                "typed",
                "Avro and Protobuf of 22 leaves, of two versions of a schema, to typed columns",
                List.of(
                        new Entrant("avro-bare", contenders.bare(), avro, "avro-bare"),
                        new Entrant("avro-pagewalk", contenders.typedParquet(), avro, "avro-bare"),
                        new Entrant("avro-plain", contenders.plainAvro(), avro, "avro-bare"),
                        new Entrant("avro-spark", contenders.sparkAvro(), avro, "avro-bare"),
                        new Entrant("protobuf-bare", contenders.bare(), protobuf, "protobuf-bare"),
                        new Entrant("protobuf-pagewalk", contenders.typedParquet(), protobuf, "protobuf-bare"),
                        new Entrant("protobuf-plain", contenders.plainProtobuf(), protobuf, "protobuf-bare")),
                rounds);
    }

    private Scenario table() {
        Topic topic = options.topic();
        String[] hundred = {"--page-size", String.valueOf(records / 100)};
        String[] thousand = {"--page-size", String.valueOf(records / 1000)};
        return new Scenario(
                "table",
                "An Iceberg table that follows: a hundred pages and a thousand, with it and without",
                List.of(
                        new Entrant("100-pages", contenders.parquet(hundred), topic, "100-pages"),
                        new Entrant(
                                "100-pages-table",
                                contenders.parquetAndTable("every-page", hundred),
                                topic,
                                "100-pages"),
                        new Entrant(
                                "100-pages-table-end", contenders.parquetAndTable("end", hundred), topic, "100-pages"),
                        new Entrant("1000-pages", contenders.parquet(thousand), topic, "1000-pages"),
                        new Entrant(
                                "1000-pages-table",
                                contenders.parquetAndTable("every-page", thousand),
                                topic,
                                "1000-pages"),
                        new Entrant(
                                "1000-pages-table-end",
                                contenders.parquetAndTable("end", thousand),
                                topic,
                                "1000-pages")),
                rounds);
    }

    private Scenario s3() {
        Topic topic = topic(options.records(S3_RECORDS), partitions);
        return new Scenario(
                "s3",
                String.format(Locale.ROOT, "%,d records to a local S3 server, and to the local disk", topic.records()),
                List.of(
                        new Entrant("parquet-disk", contenders.parquet(), topic, "parquet-disk"),
                        new Entrant("parquet-s3", contenders.parquetToS3(), topic, "parquet-disk"),
                        new Entrant("jsonl-disk", contenders.jsonl(), topic, "jsonl-disk"),
                        new Entrant("jsonl-s3", contenders.jsonlToS3(), topic, "jsonl-disk")),
                rounds);
    }

    private Scenario spark() {
        Topic topic = options.topic();
        return new Scenario(
                "spark",
                "The same export by threads and on Spark, and Spark's own Kafka source",
                List.of(
                        new Entrant("threads", contenders.parquet("--threads", "2"), topic, "threads"),
                        new Entrant("spark-local", contenders.parquetOnSpark(2), topic, "threads"),
                        new Entrant("spark-worker-s3", contenders.parquetOnSparkToS3(), topic, "spark-worker-s3"),
                        new Entrant("kafka-source-s3", contenders.sparkToS3(), topic, "spark-worker-s3")),
                rounds);
    }

    private Scenario single() {
        Topic topic = topic(records, 1);
        String[] one = {"--threads", "1"};
        String[] two = {"--threads", "2"};
        return new Scenario(
                "single",
                "One partition, one thread and two",
                List.of(
                        new Entrant("parquet-1-thread", contenders.parquet(one), topic, "parquet-1-thread"),
                        new Entrant("parquet-2-threads", contenders.parquet(two), topic, "parquet-1-thread"),
                        new Entrant("jsonl-1-thread", contenders.jsonl(one), topic, "jsonl-1-thread"),
                        new Entrant("jsonl-2-threads", contenders.jsonl(two), topic, "jsonl-1-thread")),
                rounds);
    }

    private Scenario pages() {
        Topic topic = options.topic();
        String file = String.valueOf(records / partitions / PAGES);
        String[] one = {"--page-size", String.valueOf(records), "--file-size", file};
        String[] ten = {"--page-size", String.valueOf(records / PAGES), "--file-size", file};
        return new Scenario(
                "pages",
                "What committing costs: ten pages and one page of the same files",
                List.of(
                        new Entrant("parquet-1-page", contenders.parquet(one), topic, "parquet-1-page"),
                        new Entrant("parquet-10-pages", contenders.parquet(ten), topic, "parquet-1-page"),
                        new Entrant("jsonl-1-page", contenders.jsonl(one), topic, "jsonl-1-page"),
                        new Entrant("jsonl-10-pages", contenders.jsonl(ten), topic, "jsonl-1-page")),
                rounds);
    }

    private Scenario memory() {
        return new Scenario(
                "memory",
                "Peak memory at a heap of 256 MB, with once and ten times the records",
                List.of(
                        new Entrant(
                                "parquet-1x",
                                contenders.parquetWithHeap("256m"),
                                topic(records, partitions),
                                "parquet-1x"),
                        new Entrant(
                                "parquet-10x",
                                contenders.parquetWithHeap("256m"),
                                topic(10 * records, partitions),
                                "parquet-1x")),
                rounds);
    }

    private Scenario start() {
        Topic topic = topic(TINY, partitions);
        return new Scenario(
                "start",
                "What starting costs",
                List.of(
                        new Entrant("version", contenders.version(), topic, "version"),
                        new Entrant("export-1000", contenders.parquet(), topic, "export-1000")),
                2 * rounds);
    }

    private Scenario topics() {
        Topic thousand = new Topic(options.shape, 10, 1, 999);
        Topic large = new Topic(options.shape, options.records(LARGE), partitions, 10);
        return new Scenario(
                "topics",
                String.format(
                        Locale.ROOT,
                        "1,000 topics of 10 records in one command, and one of %,d alone and among ten small ones",
                        large.records()),
                List.of(
                        new Entrant("thousand", contenders.manyTopics(), thousand, "thousand"),
                        new Entrant("thousand-again", contenders.manyTopicsAgain(), thousand, "thousand"),
                        new Entrant(
                                "large-alone",
                                contenders.parquetWithHeap("256m", "--incremental"),
                                large,
                                "large-alone"),
                        new Entrant("large-among", contenders.manyTopics(), large, "large-alone")),
                rounds);
    }

    private Topic topic(long count, int partitionCount) {
        return new Topic(options.shape, count, partitionCount);
    }
}
