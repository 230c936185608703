package io.pagewalk.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.spark.bridge.Jobs;
import java.net.URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolatedLoaderTest {
    private final IsolatedLoader loader =
            new IsolatedLoader(new URL[0], getClass().getClassLoader());

    @Test
    void hasTheBridgeInCommonWithTheOtherLoader() throws Exception {
        assertThat(loader.loadClass(Jobs.class.getName())).isSameAs(Jobs.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.pagewalk.spark.SparkMain",
                "io.pagewalk.Pagewalk",
                "org.apache.kafka.clients.consumer.Consumer",
                "org.apache.spark.SparkConf",
                "scala.Option"
            })
    void seesNothingElseOfIt(String name) throws Exception {
        assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();

        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.sql.Driver",
                "javax.security.auth.login.LoginContext",
                "java.net.http.HttpClient"
            })
    void seesTheJdk(String name) throws Exception {
        assertThat(loader.loadClass(name).getName()).isEqualTo(name);
    }
}
