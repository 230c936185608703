package io.pagewalk.internal.http.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.Reasons;
import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.payload.PayloadChoice;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, each of which stands once. Those that nobody has asked for at the end are refused: a walk that a typo changes
 * would look right.
 */
public final class Parameters {
    private static final int MOST = 100;

    private final Map<String, String> values;
    private final Set<String> taken = new TreeSet<>();

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads what stands behind the {@code ?} of a path, or in the body of a form.
     *
     * @throws BadRequestException if it is not what forms send
     */
    public static Parameters parse(@Nullable String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        while (text != null && at < text.length()) {
            int end = text.indexOf('&', at);
            end = end < 0 ? text.length() : end;
            String pair = text.substring(at, end);
            at = end + 1;
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw new BadRequestException(shown(name) + " stands twice");
            }
            if (values.size() > MOST) {
                throw new BadRequestException("there are more than " + MOST + " parameters");
            }
        }
        return new Parameters(values);
    }

    /** Decodes the escapes of a part of a path, or of a parameter. */
    static String decoded(String text) {
        return decoded(text, true);
    }

    /**
     * Decodes the escapes of a part of a path.
     *
     * @throws BadRequestException if they are not UTF-8
     */
    public static String decodedPath(String text) {
        return decoded(text, false);
    }

    private static String decoded(String text, boolean isForm) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    throw new BadRequestException("a % is not followed by two hexadecimal digits");
                }
                bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c == '+' && isForm) {
                bytes.put((byte) ' ');
            } else {
                bytes.put(Character.toString(c).getBytes(UTF_8));
                i += Character.charCount(c) - 1;
            }
        }
        try {
            CharBuffer decoded = UTF_8.newDecoder().decode(bytes.flip());
            return decoded.toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("its escapes are not UTF-8");
        }
    }

    /** The value of a parameter, or null if it is not there. */
    @Nullable
    String get(String name) {
        taken.add(name);
        return values.get(name);
    }

    /** Whether a parameter is there, which is taken by somebody else. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Those whose names begin so, by the rest of their names. */
    Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                taken.add(name);
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /**
     * The value of a parameter, as what it says.
     *
     * @param parse throws an exception whose message says what is wrong
     */
    <T> @Nullable T get(String name, Function<String, T> parse) {
        String text = get(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (BadRequestException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BadRequestException(name + ": " + Reasons.line(e));
        }
    }

    /** A whole number, or null. */
    @Nullable
    Long number(String name, long least, long most) {
        return get(name, text -> {
            if (!text.matches("-?[0-9]{1,19}")) {
                throw new BadRequestException(name + " " + shown(text) + " is not a whole number");
            }
            long number;
            try {
                number = Long.parseLong(text);
            } catch (NumberFormatException e) {
                number = text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            if (number < least || number > most) {
                throw new BadRequestException(name + " " + shown(text) + " is not from " + least + " to " + most);
            }
            return number;
        });
    }

    /** Which were asked for so far, whether they are there or not. */
    Set<String> taken() {
        return Collections.unmodifiableSet(taken);
    }

    /** Refuses what nobody has asked for. */
    void requireAllTaken() {
        for (String name : values.keySet()) {
            if (!taken.contains(name)) {
                throw new BadRequestException("there is no parameter " + shown(name) + " here");
            }
        }
    }

    /** The same parameters but for some, as a query. */
    String without(Set<String> names, Map<String, String> more) {
        Map<String, String> kept = new LinkedHashMap<>(values);
        kept.keySet().removeAll(names);
        kept.putAll(more);
        UnaryOperator<String> encode = text -> URLEncoder.encode(text, UTF_8);
        return kept.entrySet().stream()
                .map(entry -> encode.apply(entry.getKey()) + "=" + encode.apply(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** One of several words, which are the names of these values in lower case. */
    public <T extends Enum<T>> @Nullable T choice(String name, T[] values) {
        Function<T, String> text = value -> value.toString().toLowerCase(Locale.ROOT);
        return get(
                name,
                given -> Arrays.stream(values)
                        .filter(value -> text.apply(value).equals(given))
                        .findFirst()
                        .orElseThrow(() -> new BadRequestException(name + " " + shown(given) + " is none of "
                                + Arrays.stream(values).map(text).collect(Collectors.joining(", ")))));
    }

    /** What payloads are shown as. */
    public PayloadChoices payloads(boolean knowsSchemas) {
        return new PayloadChoices(
                payload("key_format", knowsSchemas),
                payload("value_format", knowsSchemas),
                Objects.requireNonNullElse(get("header_format", PayloadChoice::parse), PayloadChoice.AUTO));
    }

    private PayloadChoice payload(String name, boolean knowsSchemas) {
        PayloadChoice choice = Objects.requireNonNullElse(get(name, PayloadChoice::parseAny), PayloadChoice.AUTO);
        if (choice.ofSchemas() != null && !knowsSchemas) {
            throw new BadRequestException(
                    name + " " + choice + ": this server was started without a schema registry; ask for bytes or auto");
        }
        return choice;
    }

    /** What messages repeat of a request is short and cannot steer a terminal. */
    static String shown(String text) {
        String start = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return "'" + Reasons.oneLine(start) + "'";
    }
}
