package io.pagewalk.internal.schema.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a record that serializers put beside its key or its value; the last of a name counts. Makes no objects. */
public final class FrameHeaders {
    private static final String CONFLUENT_KEY = "__key_schema_id";
    private static final String CONFLUENT_VALUE = "__value_schema_id";
    private static final List<String> APICURIO =
            List.of("globalId", "contentId", "contentHash", "groupId", "artifactId", "version", "encoding", "msgType");
    private static final String MESSAGE = "apicurio.protobuf.type";
    private static final byte[] CONTENT_TYPE = ascii("content-type");
    private static final byte[] AZURE = ascii("avro/binary+");
    private static final byte[] JSON = ascii("JSON");

    private static final byte[][] NAMES = names();

    private final byte[] confluentName;
    private final byte[] globalName;
    private final byte[] contentName;
    private final byte[] groupName;
    private final byte[] artifactName;
    private final byte[] versionName;
    private final byte[] encodingName;
    private final byte[] messageName;

    @Nullable
    ByteView confluent;

    @Nullable
    ByteView global;

    @Nullable
    ByteView content;

    @Nullable
    ByteView group;

    @Nullable
    ByteView artifact;

    @Nullable
    ByteView version;

    @Nullable
    ByteView encoding;

    @Nullable
    ByteView message;

    /** @param ofKeys whether those that are of keys, else of values */
    FrameHeaders(boolean ofKeys) {
        confluentName = ascii(ofKeys ? CONFLUENT_KEY : CONFLUENT_VALUE);
        globalName = apicurio(ofKeys, "globalId");
        contentName = apicurio(ofKeys, "contentId");
        groupName = apicurio(ofKeys, "groupId");
        artifactName = apicurio(ofKeys, "artifactId");
        versionName = apicurio(ofKeys, "version");
        encodingName = apicurio(ofKeys, "encoding");
        messageName = ascii(ofKeys ? MESSAGE + ".key" : MESSAGE);
    }

    private static byte[][] names() {
        List<byte[]> names = new ArrayList<>(
                List.of(ascii(CONFLUENT_KEY), ascii(CONFLUENT_VALUE), ascii(MESSAGE), ascii(MESSAGE + ".key")));
        for (String what : APICURIO) {
            names.add(apicurio(true, what));
            names.add(apicurio(false, what));
        }
        return names.toArray(byte[][]::new);
    }

    private static byte[] apicurio(boolean ofKeys, String what) {
        return ascii("apicurio." + (ofKeys ? "key." : "value.") + what);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** Whether a header of this name belongs to the frame of a key or a value, and may hold any bytes. */
    public static boolean isFrame(ByteView name) {
        for (byte[] one : NAMES) {
            if (equal(name, one)) {
                return true;
            }
        }
        return false;
    }

    /** Finds Confluent's; one that is null is none. */
    void findConfluent(RecordView record) {
        confluent = null;
        for (int i = record.headerCount() - 1; i >= 0; i--) {
            HeaderView header = record.header(i);
            if (is(header, confluentName)) {
                confluent = header.value();
                return;
            }
        }
    }

    /** Finds Apicurio's. */
    void findApicurio(RecordView record) {
        global = null;
        content = null;
        group = null;
        artifact = null;
        version = null;
        encoding = null;
        message = null;
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            if (is(header, contentName)) {
                content = header.value();
            } else if (is(header, globalName)) {
                global = header.value();
            } else if (is(header, groupName)) {
                group = header.value();
            } else if (is(header, artifactName)) {
                artifact = header.value();
            } else if (is(header, versionName)) {
                version = header.value();
            } else if (is(header, encodingName)) {
                encoding = header.value();
            } else if (is(header, messageName)) {
                message = header.value();
            }
        }
    }

    /** Whether {@link #findApicurio} found a schema's name. */
    boolean hasApicurio() {
        return content != null || global != null || artifact != null;
    }

    /** Whether {@link #findApicurio} found that it is Avro in JSON. */
    boolean isJsonEncoded() {
        return encoding != null && equal(encoding, JSON);
    }

    /** Whether a record is of Azure's registry. */
    static boolean isAzure(RecordView record) {
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            ByteView value = header.value();
            if (is(header, CONTENT_TYPE)
                    && value != null
                    && value.length() > AZURE.length
                    && Arrays.equals(
                            value.array(), value.offset(), value.offset() + AZURE.length, AZURE, 0, AZURE.length)) {
                return true;
            }
        }
        return false;
    }

    /** What a header says as text; empty if there is none. */
    static String text(@Nullable ByteView value) {
        return value == null ? "" : new String(value.array(), value.offset(), value.length(), UTF_8);
    }

    private static boolean is(HeaderView header, byte[] name) {
        return equal(header.key(), name);
    }

    private static boolean equal(ByteView bytes, byte[] text) {
        return bytes.length() == text.length
                && Arrays.equals(bytes.array(), bytes.offset(), bytes.end(), text, 0, text.length);
    }
}
