package io.pagewalk.internal.http.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links, because a link that a browser downloads cannot carry a secret. One is good for one path and query, and for a minute; the key
 * is of this process alone.
 */
public final class Tickets {
    /** How long a link is good. */
    public static final Duration LIFE = Duration.ofSeconds(60);

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern SIGNED =
            Pattern.compile("(.*)[?&]ticket=([0-9]{1,13})\\.([A-Za-z0-9_-]+)", Pattern.DOTALL);

    private final SecretKeySpec key;
    private final Clock clock;

    public Tickets(Clock clock) {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.clock = clock;
    }

    /** The link, signed. */
    public String sign(String pathAndQuery) {
        long expires = clock.instant().plus(LIFE).getEpochSecond();
        return pathAndQuery + (pathAndQuery.indexOf('?') < 0 ? "?" : "&") + "ticket=" + expires + "."
                + signature(pathAndQuery, expires);
    }

    /** Whether a path with its query ends with a ticket for what is before it that is still good. */
    boolean isGood(String pathAndQuery) {
        Matcher signed = SIGNED.matcher(pathAndQuery);
        if (!signed.matches()) {
            return false;
        }
        long expires = Long.parseLong(signed.group(2));
        String expected = signature(signed.group(1), expires);
        return MessageDigest.isEqual(expected.getBytes(UTF_8), signed.group(3).getBytes(UTF_8))
                && clock.instant().isBefore(Instant.ofEpochSecond(expires));
    }

    private String signature(String pathAndQuery, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed = mac.doFinal((expires + " " + pathAndQuery).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
