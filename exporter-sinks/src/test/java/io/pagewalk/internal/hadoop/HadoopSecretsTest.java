package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopSecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.s3a.secret.key",
                "fs.s3a.access.key",
                "fs.s3a.session.token",
                "fs.s3a.bucket.data.secret.key",
                "fs.s3a.encryption.key",
                "fs.s3a.server-side-encryption.key",
                "fs.azure.account.key.lake.dfs.core.windows.net",
                "fs.azure.account.oauth2.client.secret",
                "fs.azure.sas.fixed.token",
                "fs.gs.auth.service.account.private.key",
                "fs.s3a.proxy.password"
            })
    void hidesTheValuesOfSecrets(String name) {
        Configuration configuration = new Configuration(false);
        configuration.set(name, "not-to-be-shown");

        assertThat(new HadoopSecrets(configuration).hide("signed with not-to-be-shown"))
                .isEqualTo("signed with [hidden]");
    }

    @Test
    void hidesWhatStandsInFrontOfAHost() {
        assertThat(new HadoopSecrets(new Configuration(false)).hide("no answer from http://me:secret@proxy:80/x"))
                .isEqualTo("no answer from http://[hidden]@proxy:80/x");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        Configuration configuration = new Configuration();
        configuration.set("fs.s3a.secret.key", "s");

        String text = "cannot publish s3a://bucket/a.json: Connection refused";
        assertThat(new HadoopSecrets(configuration).hide(text)).isEqualTo(text);
    }
}
