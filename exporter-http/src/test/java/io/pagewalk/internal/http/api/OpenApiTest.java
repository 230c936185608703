package io.pagewalk.internal.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pagewalk.Pages;
import io.pagewalk.Pagewalk;
import io.pagewalk.http.FailureTexts.Told;
import io.pagewalk.internal.http.guard.Guard;
import io.pagewalk.internal.http.guard.Tickets;
import io.pagewalk.internal.http.query.Decoders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the description says is there, and nothing else. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options");

    @Test
    void hasThePathsAndMethodsThatThereAre() throws IOException {
        assertThat(described()).containsExactlyInAnyOrderElementsOf(operations());
    }

    private static List<String> operations() {
        Tickets tickets = new Tickets(Clock.systemUTC());
        try (Pagewalk pagewalk = Pagewalk.connect("localhost:1").open();
                Pages pages = pagewalk.pages(1, 1024);
                Api api = new Api(
                        pagewalk,
                        pages,
                        Decoders.NONE,
                        1,
                        new Guard(List.of(), null, tickets),
                        tickets,
                        List.of(),
                        failure -> new Told(1, "failed"))) {
            return api.operations();
        }
    }

    private static List<String> described() throws IOException {
        List<String> described = new ArrayList<>();
        JsonNode paths = description().get("paths");
        paths.properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                        described.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return described;
    }

    private static JsonNode description() throws IOException {
        try (InputStream yaml = OpenApiTest.class.getResourceAsStream("/io/pagewalk/http/openapi.yaml")) {
            return new YAMLMapper().readTree(yaml);
        }
    }
}
