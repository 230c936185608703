package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    private record Scalars(String text, int small, long large, double real, boolean bool, String nothing) {}

    private record Inner(int a) {}

    private record Nested(Inner inner, List<Inner> list, Map<String, String> map) {}

    private record Around(int before, @Json.Inlined Inner inner, Optional<String> left, int after) {}

    private record Odd(Instant time) {}

    @Test
    void writesEachComponentInItsOrder() {
        assertThat(Json.line(new Scalars("ä\"\n\u2028", 1, Long.MAX_VALUE, 0.5, true, null)))
                .isEqualTo("{\"text\":\"ä\\\"\\n\u2028\",\"small\":1,\"large\":9223372036854775807,\"real\":0.5,"
                        + "\"bool\":true,\"nothing\":null}");
    }

    @Test
    void writesRecordsListsAndMapsWithin() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("z", "1");
        map.put("a", null);

        assertThat(Json.line(new Nested(new Inner(1), Arrays.asList(new Inner(2), null), map)))
                .isEqualTo("{\"inner\":{\"a\":1},\"list\":[{\"a\":2},null],\"map\":{\"z\":\"1\",\"a\":null}}");
    }

    @Test
    void letsARecordStandAmongTheMembersAroundIt() {
        assertThat(Json.line(new Around(1, new Inner(2), Optional.of("x"), 3)))
                .isEqualTo("{\"before\":1,\"a\":2,\"left\":\"x\",\"after\":3}");
        assertThat(Json.line(new Around(1, null, Optional.empty(), 3))).isEqualTo("{\"before\":1,\"after\":3}");
    }

    @Test
    void indentsDocuments() {
        assertThat(Json.document(new Nested(new Inner(1), List.of(new Inner(2)), Map.of())))
                .isEqualTo("""
                        {
                          "inner" : {
                            "a" : 1
                          },
                          "list" : [ {
                            "a" : 2
                          } ],
                          "map" : { }
                        }""");
    }

    @Test
    void refusesWhatItHasNoJsonFor() {
        assertThatThrownBy(() -> Json.line(new Odd(Instant.EPOCH)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.time.Instant");
    }
}
