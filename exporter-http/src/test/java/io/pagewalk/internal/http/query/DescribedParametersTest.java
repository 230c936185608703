package io.pagewalk.internal.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The parameters of a listing that the description has are those that are read. */
class DescribedParametersTest {
    /** Names that have a part of the client's own. */
    private static final String FILTERS = "header.NAME=1&json./POINTER=1";

    @Test
    void areThoseThatAreRead() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String query : List.of("page_size=1", "max_results=1", "per_page=1", FILTERS)) {
            Parameters parameters = Parameters.parse(query);
            new QueryReader("orders", parameters, List.of(), 1 << 20, Decoders.NONE).read();
            read.addAll(parameters.taken());
        }

        assertThat(described()).isEqualTo(read);
    }

    @Test
    void noOtherOneIsTaken() {
        assertThat(catchThrowable(() -> new QueryReader(
                                "orders", Parameters.parse("pageSize=1"), List.of(), 1 << 20, Decoders.NONE)
                        .read()))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("there is no parameter 'pageSize' here");
    }

    private static Set<String> described() throws IOException {
        JsonNode parameters = description().at("/paths/~1api~1v1~1topics~1{topic}~1records/get/parameters");
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : parameters) {
            if (parameter.get("in").textValue().equals("query")) {
                names.add(parameter.get("name").textValue());
            }
        }
        return names;
    }

    private static JsonNode description() throws IOException {
        try (InputStream yaml = QueryReader.class.getResourceAsStream("/io/pagewalk/http/openapi.yaml")) {
            return new YAMLMapper().readTree(yaml);
        }
    }
}
