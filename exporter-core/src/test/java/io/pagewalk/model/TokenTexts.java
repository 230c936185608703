package io.pagewalk.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Token texts made by hand: whatever stands in them, their checksum is right. */
final class TokenTexts {
    /** The payload of a token that is as it should be. */
    static final String JSON = "{\"cluster\":\"c\",\"topic\":\"orders\",\"topicId\":\"AAAAAAAAAAEAAAAAAAAAAg\","
            + "\"isolation\":\"read_committed\",\"direction\":\"asc\",\"pageSize\":10,\"sliceSize\":5,\"page\":3,"
            + "\"turn\":0,\"partitions\":[[0,0,5],[3,7,9]]}";

    private TokenTexts() {}

    /** {@code json} as a token. */
    static String ofJson(String json) {
        return ofPayload(Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code payload} as a token, base64 or not. */
    static String ofPayload(String payload) {
        return sealed("pw1." + payload);
    }

    static String sealed(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return body + "." + String.format("%08x", crc.getValue());
    }
}
