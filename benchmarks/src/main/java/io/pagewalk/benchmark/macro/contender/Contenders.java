package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.peer.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes contenders. */
public final class Contenders {
    private static final String PARQUET =
            "Parquet with all columns (topic, partition, offset, timestamp and its type, key,"
                    + " value, headers), zstd level 1; every value is validated as JSON; a checkpoint a page, fsync of every file,"
                    + " exclusive publication: the whole commit protocol.";
    private static final String TYPED =
            "Parquet with a column for each leaf of the values, besides topic, partition, offset,"
                    + " timestamp and its type, key, headers and the schema's id, zstd level 1; schemas of all versions from a registry, merged"
                    + " and pinned; every value decoded as a whole before it is written; the whole commit protocol.";
    private static final String JSONL =
            "JSON lines with the same fields, the value embedded as JSON after validation; the whole commit protocol; ";

    private static final String ONE_WORKER = "local-cluster[1,2,2048]";

    private final Environment environment;
    private final S3Server s3;

    public Contenders(Environment environment) {
        this.environment = environment;
        s3 = new S3Server(environment);
    }

    /** What a consumer costs that throws everything away. */
    public Contender bare() {
        return new Bare(environment);
    }

    /** Pagewalk's defaults; {@code options} come on top. */
    public Contender parquet(String... options) {
        return parquetExport(options);
    }

    /** As {@link #parquet}, of values that have a schema. */
    public Contender typedParquet() {
        return new PagewalkExport(environment, TYPED, Output.PARQUET, List.of(), Map.of());
    }

    /** A consumer by hand with Avro's objects. */
    public Contender plainAvro() {
        return PlainConsumer.avro(environment);
    }

    /** A consumer by hand with Protobuf's objects. */
    public Contender plainProtobuf() {
        return PlainConsumer.protobuf(environment);
    }

    /** As {@link #spark}, with values of Avro decoded. */
    public Contender sparkAvro() {
        return new SparkAvro(environment);
    }

    /** As {@link #parquet}, to S3. */
    public Contender parquetToS3() {
        return new S3Export(parquetExport(), s3);
    }

    /**
     * As {@link #parquet}, followed by a table of Iceberg.
     *
     * @param when the table gets the pages: every-page, or end
     */
    public Contender parquetAndTable(String when, String... options) {
        return new TableExport(parquetExport(options), when);
    }

    private PagewalkExport parquetExport(String... options) {
        return new PagewalkExport(environment, PARQUET, Output.PARQUET, List.of(options), Map.of());
    }

    /** As {@link #parquet}, with a heap of this size, such as 256m. */
    public Contender parquetWithHeap(String heap, String... options) {
        return new PagewalkExport(
                environment, PARQUET, Output.PARQUET, List.of(options), Map.of("PAGEWALK_OPTS", "-Xmx" + heap));
    }

    /** Lines without compression; {@code options} come on top. */
    public Contender jsonl(String... options) {
        return jsonlExport(options);
    }

    /** As {@link #jsonl}, to S3. */
    public Contender jsonlToS3() {
        return new S3Export(jsonlExport(), s3);
    }

    private PagewalkExport jsonlExport(String... options) {
        List<String> all = new ArrayList<>(List.of("--format", "jsonl", "--compression", "none"));
        all.addAll(List.of(options));
        return new PagewalkExport(environment, JSONL + "uncompressed.", Output.LINES, all, Map.of());
    }

    /** Lines with the default compression. */
    public Contender jsonlZstd() {
        return new PagewalkExport(
                environment, JSONL + "zstd.", Output.ZSTD_LINES, List.of("--format", "jsonl"), Map.of());
    }

    /** {@code --version}. */
    public Contender version() {
        return new PagewalkVersion(environment);
    }

    /** A topic and all those beside it, with a small heap. */
    public Contender manyTopics() {
        return new ManyTopicsExport(environment, false);
    }

    /** As {@link #manyTopics}, where nothing is new. */
    public Contender manyTopicsAgain() {
        return new ManyTopicsExport(environment, true);
    }

    public Contender kcat() {
        return new Kcat();
    }

    public Contender connect() {
        return new ConnectFileSink(environment);
    }

    public Contender console() {
        return new ConsoleConsumer(environment);
    }

    public Contender spark() {
        return new Spark(environment, "local[*]");
    }

    /** Spark by one worker of two cores, which is a process of its own, to S3. */
    public Contender sparkToS3() {
        return new S3Export(new Spark(environment, ONE_WORKER), s3);
    }

    /** As {@link #parquet}, on Spark in one process, with as many threads. */
    public Contender parquetOnSpark(int threads) {
        return new Spark.Runner(environment, "local[" + threads + "]");
    }

    /** As {@link #parquet}, on Spark by one worker of two cores, to S3. */
    public Contender parquetOnSparkToS3() {
        return new S3Export(new Spark.Runner(environment, ONE_WORKER), s3);
    }
}
