package io.pagewalk.internal.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.http.query.BadRequestException;
import io.pagewalk.internal.http.server.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;

/** Bodies of forms, as {@code curl -d} sends them. */
final class Forms {
    private static final String TYPE = "application/x-www-form-urlencoded";

    private Forms() {}

    /** @throws BadRequestException 415 if it is none, 413 if it is longer */
    static String text(Exchange exchange, int most) throws IOException {
        List<String> type = exchange.headers("Content-Type");
        if (type.size() != 1
                || !type.get(0)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll(";.*", "")
                        .strip()
                        .equals(TYPE)) {
            throw new BadRequestException(415, "the body of a POST is " + TYPE);
        }
        byte[] body = exchange.body(most);
        if (body == null) {
            throw new BadRequestException(413, "the body has more than " + most + " bytes");
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("the body is not UTF-8");
        }
    }
}
