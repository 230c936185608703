package io.pagewalk.internal.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.glue.GlueRegistry;
import io.pagewalk.internal.schema.registry.RegistryClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryPlaceTest {
    @Test
    void isAmazonsWhereARegionIsNamed() {
        assertThat(place("glue:eu-west-1").open("", () -> false)).isInstanceOf(GlueRegistry.class);
        assertThat(place("http://127.0.0.1:1").open("", () -> false)).isInstanceOf(RegistryClient.class);
    }

    @Test
    void hasNoContextsAtAmazon() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> place("glue:eu-west-1").open("eu", () -> false))
                .withMessageContaining("AWS Glue has no contexts");
    }

    private static RegistryPlace place(String name) {
        return new RegistryPlace(name, Map::of, Map.of(), Duration.ofSeconds(1));
    }
}
