package io.pagewalk.cli.command;

import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.ExportsDocument;
import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.text.Human;
import io.pagewalk.cli.text.TopicsTexts;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.topics.StoredTopic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does something with the export of each of many topics; what fails for one is told, and the others are done all the same. */
final class EachTopic {
    private final Console console;
    private final @Nullable String output;
    private final boolean json;

    /**
     * @param output what the exports are in, or null if there are none yet
     * @param json whether results are printed as one document
     */
    EachTopic(Console console, @Nullable String output, boolean json) {
        this.console = console;
        this.output = output;
        this.json = json;
    }

    /**
     * What a command has to say of one export.
     *
     * @param lines each is printed behind the topic's name
     * @param document printed instead with {@code --json}; null where there is none
     */
    record Said(ExitCode code, List<String> lines, @Nullable Record document) {}

    /** Does it with each export that is there, and ends with the gravest exit code. */
    ExitCode run(List<StoredTopic> topics, Function<StoredExport, Said> step) {
        return run(
                topics.stream().map(StoredTopic::topic).toList(),
                i -> step.apply(topics.get(i).export()));
    }

    /** Likewise, with each topic, by its place in the list. */
    ExitCode run(List<String> topics, IntFunction<Said> step) {
        List<ExportsDocument.One> documents = new ArrayList<>();
        Map<ExitCode, Integer> codes = new EnumMap<>(ExitCode.class);
        for (int i = 0; i < topics.size(); i++) {
            String topic = topics.get(i);
            ExitCode code;
            try {
                Said said = step.apply(i);
                code = said.code();
                documents.add(new ExportsDocument.One(topic, code.code(), null, said.document()));
                if (!json) {
                    said.lines().forEach(line -> console.out().println(topic + ": " + Reasons.oneLine(line)));
                }
            } catch (PagewalkException e) {
                Failure failure = Failure.of(e);
                code = failure.code();
                documents.add(
                        new ExportsDocument.One(topic, code.code(), console.withoutSecrets(failure.message()), null));
                console.error(TopicsTexts.failed(topic, failure.message(), code.code()));
            }
            codes.merge(code, 1, Integer::sum);
        }
        ExitCode gravest = ExitCode.gravest(codes.keySet());
        if (json) {
            console.out().println(Json.document(ExportsDocument.of(gravest, output, documents)));
        } else {
            console.out().println(summary(topics.size(), codes));
        }
        return gravest;
    }

    private static String summary(int topics, Map<ExitCode, Integer> codes) {
        return Human.count(topics, "topic") + ", by exit code: "
                + codes.entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT, "%d: %,d", entry.getKey().code(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
