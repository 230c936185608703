package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Parts of URLs. */
final class UrlText {
    private static final String HEX = "0123456789ABCDEF";

    private UrlText() {}

    /** A text as one step of a path, or as the value of a parameter: whatever it holds, it ends neither. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '-'
                    || b == '_'
                    || b == '.'
                    || b == '~';
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        String all = encoded.toString();
        return all.equals(".") || all.equals("..") ? all.replace(".", "%2E") : all;
    }
}
