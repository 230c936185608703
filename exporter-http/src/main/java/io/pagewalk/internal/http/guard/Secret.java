package io.pagewalk.internal.http.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What who asks has to know. */
public final class Secret {
    private static final String SCHEME = "Bearer ";
    private static final int RANDOM_BYTES = 24;

    private final byte[] bytes;

    /** @param text not empty */
    public Secret(String text) {
        this.bytes = text.getBytes(UTF_8);
    }

    /** A text that nobody guesses. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether an {@code Authorization} header has it; takes as long whatever that has. */
    boolean isIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        bytes, authorization.substring(SCHEME.length()).strip().getBytes(UTF_8));
    }
}
