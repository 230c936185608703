package io.pagewalk.cli.parse;

import io.pagewalk.error.UsageException;
import io.pagewalk.plan.Size;

/**
 * Bytes a second, as they were asked for.
 *
 * @param bytesPerSecond at least 1
 */
public record ByteRate(long bytesPerSecond) {
    /**
     * Reads {@code 20MB}, {@code 64MiB}, or the same with {@code /s} behind it.
     *
     * @throws UsageException if {@code text} is neither
     */
    public static ByteRate parse(String text) {
        String stripped = text.strip();
        String amount = stripped.endsWith("/s") ? stripped.substring(0, stripped.length() - 2) : stripped;
        try {
            Size size = Size.parse(amount);
            if (size.unit() == Size.Unit.BYTES) {
                return new ByteRate(size.amount());
            }
        } catch (UsageException e) {
            // Told below: a rate is never a number of records.
        }
        throw new UsageException("'" + text + "' is not a number of bytes a second such as 20MB or 64MiB");
    }
}
