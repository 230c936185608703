package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadChannelTest {
    private static final String PLACE = "s3a://bucket/a.jsonl";

    private static ReadChannel channel(int bytes, long size) {
        return new ReadChannel(
                new FSDataInputStream(new Bytes(bytes)), size, PLACE, new Failures(new Configuration(false)));
    }

    @Test
    void endsWhereTheFileEnds() throws IOException {
        try (ReadChannel channel = channel(3, 3)) {
            ByteBuffer target = ByteBuffer.allocate(10);

            assertThat(channel.read(target)).isEqualTo(3);
            assertThat(channel.read(target)).isEqualTo(-1);
        }
    }

    /** S3A's stream says that it is at the end when the connection ended. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAnEarlierEndForAFailure(boolean direct) throws IOException {
        try (ReadChannel channel = channel(3, 10)) {
            ByteBuffer target = direct ? ByteBuffer.allocateDirect(10) : ByteBuffer.allocate(10);
            assertThat(channel.read(target)).isEqualTo(3);

            assertThatIOException()
                    .isThrownBy(() -> channel.read(target))
                    .withMessage("cannot read " + PLACE + ": it ended after 3 of 10 bytes")
                    .withCauseInstanceOf(EOFException.class);
            assertThat(channel.position()).isEqualTo(3);
        }
    }

    /** So many zeros. */
    private static final class Bytes extends FSInputStream {
        private final int length;
        private long position;

        Bytes(int length) {
            this.length = length;
        }

        @Override
        public int read() {
            return read(new byte[1], 0, 1) < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) {
            int read = (int) Math.min(wanted, length - position);
            position += read;
            return read == 0 ? -1 : read;
        }

        @Override
        public void seek(long target) {
            position = target;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }
    }
}
