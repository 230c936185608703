package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Tokens;
import io.pagewalk.cli.console.Terminals;
import org.junit.jupiter.api.Test;

class TokenDocumentTest {
    private final Terminals terminals = new Terminals();

    @Test
    void hasTheseMembers() {
        assertThat(terminals.run("token", "--json", Tokens.token("orders").encode()))
                .isZero();

        assertThat(terminals.out()).isEqualTo("""
                {
                  "topic" : "orders",
                  "topicId" : "AAAAAAAAAAEAAAAAAAAAAg",
                  "clusterId" : "cluster",
                  "isolationLevel" : "read_committed",
                  "direction" : "asc",
                  "page" : 1,
                  "pageSize" : 3,
                  "sliceSize" : 1,
                  "order" : null,
                  "total" : null,
                  "filtered" : null,
                  "remaining" : 11,
                  "partitions" : [ {
                    "partition" : 0,
                    "start" : 5,
                    "end" : 5
                  }, {
                    "partition" : 1,
                    "start" : 0,
                    "end" : 1
                  }, {
                    "partition" : 2,
                    "start" : 100,
                    "end" : 110
                  } ]
                }
                """);
    }
}
