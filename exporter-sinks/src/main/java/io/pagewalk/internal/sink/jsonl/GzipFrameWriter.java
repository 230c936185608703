package io.pagewalk.internal.sink.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** One gzip member (RFC 1952). The JDK's stream names neither time nor file in its header, and no system from JDK 16 on. */
final class GzipFrameWriter extends FrameWriter {
    private final Member member;

    GzipFrameWriter(OutputStream out, int level) throws IOException {
        this.member = new Member(out, level);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        member.write(bytes, from, length);
    }

    @Override
    void finish() throws IOException {
        member.finish();
    }

    @Override
    public void close() {
        member.free();
    }

    private static final class Member extends GZIPOutputStream {
        Member(OutputStream out, int level) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(level);
        }

        /** Closing would complete a member that was given up. */
        void free() {
            def.end();
        }
    }
}
