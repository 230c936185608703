package io.pagewalk.internal.checkpoint.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the key of a record in a topic of logs says.
 *
 * @param log whose it is: an export's, in one generation
 * @param run an entry's, or the last one that expires
 * @param sequence an entry's; -1 of the record of an expiry
 */
record LogKey(String log, int run, long sequence) {
    private static final String EXPIRED = "expired/";
    /** {@code EXPORT-ID/GENERATION/RUN/NUMBER} or {@code EXPORT-ID/GENERATION/expired/RUN}. */
    private static final Pattern KEY =
            Pattern.compile("([^/]+/[1-9][0-9]{0,9})/(?:([1-9][0-9]{0,8})/(0[0-9]{19})|expired/([1-9][0-9]{0,8}))");

    /** Empty if it is no key of Pagewalk's. */
    static Optional<LogKey> parse(byte[] key) {
        Matcher matcher = KEY.matcher(new String(key, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String log = matcher.group(1);
        if (matcher.group(4) != null) {
            return Optional.of(new LogKey(log, Integer.parseInt(matcher.group(4)), -1));
        }
        try {
            return Optional.of(new LogKey(log, Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static String expiry(int run) {
        return EXPIRED + run;
    }

    boolean isExpiry() {
        return sequence < 0;
    }

    LogKeys.Entry entry() {
        return new LogKeys.Entry(run, sequence);
    }
}
