package io.pagewalk.internal.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which listing it is asked whether there is more by now. */
class NewerQueryTest {
    @Test
    void itIsTheOneOfTheToken() {
        String token = Listings.token();

        assertThat(NewerQuery.token("orders", "page_token=" + token).encode()).isEqualTo(token);
    }

    @Test
    void ofAnotherTopicItIsRefused() {
        String query = "page_token=" + Listings.token();

        assertThatThrownBy(() -> NewerQuery.token("payments", query))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("page_token is that of the first page of a listing of the topic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "page_token=", "page_token=pl1.x", "seek=x", "page_token=TOKEN&page_size=3"})
    void withoutATokenOrWithMoreItIsRefused(String query) {
        assertThatThrownBy(() -> NewerQuery.token("orders", query.replace("TOKEN", Listings.token())))
                .isInstanceOf(BadRequestException.class);
    }
}
