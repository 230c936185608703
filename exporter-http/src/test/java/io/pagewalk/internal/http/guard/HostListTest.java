package io.pagewalk.internal.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a server may be asked. */
class HostListTest {
    private final HostList hosts =
            new HostList(List.of("localhost", "127.0.0.1", "[::1]", "fe80::1", "Pages.Example.org"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8480",
                "LOCALHOST:1",
                "LocalHost.",
                "localhost.:65535",
                "127.0.0.1:8480",
                "[::1]",
                "[::1]:8480",
                "[FE80::1]:1",
                "pages.example.org",
                "PAGES.EXAMPLE.ORG:443",
                " localhost "
            })
    void knowsItsNamesWithAnyPort(String host) {
        assertThat(hosts.has(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":8480",
                ".",
                "[",
                "[]",
                "[::1",
                "[::1]x",
                "[::1]:",
                "::1",
                "evil.example",
                "localhost.evil.example",
                "evil-localhost",
                "xlocalhost",
                "localhost:8480:1",
                "localhost:x",
                "localhost:123456",
                "localhost@evil.example",
                "evil.example@localhost",
                "127.0.0.1.evil.example",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "localhost..",
                "localhost localhost",
                "localhost,evil.example",
                "example.org",
                "locaLhoſt"
            })
    void knowsNoOtherNames(String host) {
        assertThat(hosts.has(host)).isFalse();
    }

    /** An option of nothing shall not open the server to all that is malformed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[", ":", "localhost:x"})
    void aNameOfNothingAllowsNothing(String host) {
        assertThat(new HostList(List.of("", ".")).has(host)).isFalse();
    }

    @Test
    void allAddressesOfAMachineAreNotAllNames() {
        assertThat(new HostList(List.of("0.0.0.0", "::")).has("evil.example")).isFalse();
    }
}
