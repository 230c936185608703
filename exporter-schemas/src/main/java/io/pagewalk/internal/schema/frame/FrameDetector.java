package io.pagewalk.internal.schema.frame;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * Decides how payloads are framed, from sampled records: the order of the samples does not matter, and none of them is kept. Bytes that are
 * framed by chance look the same as those that are by purpose, so the caller asks the registry for the schemas that the frames name. Confined to
 * one thread.
 */
public final class FrameDetector {
    private static final int ID = 5;
    private static final int LONG_ID = 9;
    private static final int GUID = 17;
    private static final int GLUE = 18;

    private final boolean ofKeys;
    private final boolean apicurio;
    private final FrameHeaders headers;
    private long seen;
    private long confluentHeaders;
    private long apicurioHeaders;
    private long ids;
    private long longIds;
    private long guids;
    private long glue;
    private long azure;
    private long singleObjects;

    /**
     * @param ofKeys whether keys are looked at, else values
     * @param apicurio whether the registry is asked by Apicurio's own API, so that ids of 32 bits are Apicurio's numbers of contents
     */
    public FrameDetector(boolean ofKeys, boolean apicurio) {
        this.ofKeys = ofKeys;
        this.apicurio = apicurio;
        this.headers = new FrameHeaders(ofKeys);
    }

    /** Takes a record into account; one whose key or value is null tells nothing. */
    public void sample(RecordView record) {
        ByteView payload = ofKeys ? record.key() : record.value();
        if (payload == null) {
            return;
        }
        seen++;
        headers.findConfluent(record);
        headers.findApicurio(record);
        if (headers.confluent != null) {
            confluentHeaders++;
        } else if (headers.hasApicurio()) {
            apicurioHeaders++;
        } else if (FrameParser.other(record, payload) == FrameFault.AZURE) {
            azure++;
        } else {
            look(record, payload);
        }
    }

    private void look(RecordView record, ByteView payload) {
        byte[] array = payload.array();
        int offset = payload.offset();
        int length = payload.length();
        int first = length == 0 ? -1 : array[offset];
        if (first == 0 && length >= ID) {
            boolean zero = array[offset + 1] == 0
                    && array[offset + 2] == 0
                    && array[offset + 3] == 0
                    && array[offset + 4] == 0;
            if (!zero) {
                ids++;
            } else if (length >= LONG_ID) {
                longIds++;
            }
        } else if (first == 1 && length >= GUID) {
            guids++;
        } else if (first == 3 && length >= GLUE && (array[offset + 1] == 0 || array[offset + 1] == 5)) {
            glue++;
        } else if (FrameParser.other(record, payload) == FrameFault.SINGLE_OBJECT) {
            singleObjects++;
        }
    }

    /** The kind that every sampled payload has; null if they have none in common, or nothing was sampled. */
    public @Nullable FrameKind kind() {
        if (seen == 0) {
            return null;
        }
        if (glue == seen) {
            return FrameKind.GLUE;
        }
        if (apicurioHeaders == seen) {
            return FrameKind.APICURIO_HEADERS;
        }
        if (apicurioHeaders + longIds == seen) {
            return FrameKind.APICURIO_GLOBAL;
        }
        if (apicurioHeaders + ids == seen && (apicurio || apicurioHeaders > 0)) {
            return FrameKind.APICURIO_CONTENT;
        }
        return confluentHeaders + ids + guids == seen ? FrameKind.CONFLUENT : null;
    }

    /** Whose frames every sampled payload has, if these are known and not supported; else null. */
    public @Nullable FrameFault refused() {
        if (seen == 0) {
            return null;
        }
        return azure == seen ? FrameFault.AZURE : singleObjects == seen ? FrameFault.SINGLE_OBJECT : null;
    }
}
