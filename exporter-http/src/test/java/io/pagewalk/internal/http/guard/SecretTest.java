package io.pagewalk.internal.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows the secret. */
class SecretTest {
    private final Secret secret = new Secret("Open sesame");

    @ParameterizedTest
    @ValueSource(strings = {"Bearer Open sesame", "bearer Open sesame", "BEARER   Open sesame "})
    void isKnownToWhoSendsIt(String authorization) {
        assertThat(secret.isIn(authorization)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer open sesame",
                "Bearer Open sesam",
                "Bearer Open sesame!",
                "Basic Open sesame",
                "Open sesame",
                "BearerOpen sesame"
            })
    void isNotKnownToOthers(String authorization) {
        assertThat(secret.isIn(authorization)).isFalse();
    }

    @Test
    void isAnotherOneEachTime() {
        assertThat(Stream.generate(Secret::random).limit(100).collect(Collectors.toSet()))
                .hasSize(100)
                .allSatisfy(text -> assertThat(text).matches("[A-Za-z0-9_-]{32}"));
    }
}
