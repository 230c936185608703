package io.pagewalk.internal.http.query;

import io.pagewalk.model.ListingToken;
import org.jspecify.annotations.Nullable;

/** A listing whose topic may have got more since. */
public final class NewerQuery {
    private NewerQuery() {}

    /**
     * The token that a request has.
     *
     * @param topic of the path
     * @throws BadRequestException if it has none of that topic
     */
    public static ListingToken token(String topic, @Nullable String query) {
        Parameters parameters = Parameters.parse(query);
        ListingToken token = parameters.get("page_token", text -> ListingToken.parse(text));
        parameters.requireAllTaken();
        if (token == null || !token.walk().topic().equals(topic)) {
            throw new BadRequestException("page_token is that of the first page of a listing of the topic");
        }
        return token;
    }
}
