package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.SampleRegistry;
import io.pagewalk.benchmark.macro.kafka.BenchmarkBroker;
import io.pagewalk.benchmark.macro.kafka.BenchmarkTopics;
import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/run broker}: a topic to try things on, such as a profiler. */
@Command(
        name = "broker",
        sortOptions = false,
        description = "Starts a broker, fills a topic, prints where they are, and stays until it is killed.")
final class BrokerCommand implements Callable<Integer> {
    @Mixin
    private TopicOptions options = new TopicOptions();

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    private BrokerCommand() {}

    @Override
    public Integer call() throws Exception {
        if (options.records() < 1 || options.partitions < 1) {
            throw new ParameterException(spec.commandLine(), "need at least 1 record, 1 partition");
        }
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        try (Workplace place = new Workplace(options.workDir(), err);
                SampleRegistry registry = SampleRegistry.start()) {
            Environment environment = new Environment(
                    options.checkout, Path.of(System.getProperty("java.home")), place.children(), registry.url());
            String servers = BenchmarkBroker.start(
                    place.children(),
                    environment.java(),
                    environment.distribution(),
                    place.directory().resolve("broker"));
            Topic topic = options.topic();
            err.println("filling topic " + topic.name());
            new BenchmarkTopics(servers).fill(topic);
            out.println("--bootstrap-server " + servers + " --topic " + topic.name()
                    + (topic.shape().isTyped() ? " --schema-registry " + registry.url() : ""));
            out.flush();
            new CountDownLatch(1).await();
            return 0;
        }
    }
}
